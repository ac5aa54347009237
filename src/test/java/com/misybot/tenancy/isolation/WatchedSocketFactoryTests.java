package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Reads from a database that does not answer. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
// In a thread of its own: a read that nobody watches is not interrupted
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WatchedSocketFactoryTests {

    @Autowired
    @Qualifier("tenantDataSource")
    private DataSource pool;

    @Test
    void endsAReadThatTakesLongerThanItMayAndLeavesTheOthersAlone() throws IOException {
        try (var server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                var idle = connect(server);
                var answering = server.accept();
                var read = connect(server)) {
            idle.setSoTimeout(1_000);
            read.setSoTimeout(1_000);

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> read.getInputStream().read())
                    .withMessage("Read timed out after 1000 ms");

            assertThat(read.isClosed()).isTrue();
            answering.getOutputStream().write('x');
            assertThat(idle.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void leavesAShortTimeoutToTheSocketWhichIsUsableAfterwards() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = connect(server);
                var answering = server.accept()) {
            socket.setSoTimeout(1);
            assertThat(socket.getSoTimeout()).isEqualTo(1);

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> socket.getInputStream().read());

            socket.setSoTimeout(40_000);
            assertThat(socket.getSoTimeout()).isEqualTo(40_000);
            answering.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void isWhatThePoolsConnectBy() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(40_000);
            connection.setNetworkTimeout(Runnable::run, 1_000);

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("select pg_sleep(20)"))
                    .havingCause()
                    .isInstanceOf(SocketTimeoutException.class)
                    .withMessage("Read timed out after 1000 ms");
        }
    }

    private static Socket connect(ServerSocket server) throws IOException {
        return new WatchedSocketFactory().createSocket(server.getInetAddress(), server.getLocalPort());
    }
}
