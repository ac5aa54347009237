package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseClockTests {

    private static final Instant HERE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant THERE = Instant.parse("2026-06-01T12:00:00Z");

    private final AtomicLong timer = new AtomicLong(1_000);
    private final DataSource database = mock();
    private final Connection connection = mock();
    private final PreparedStatement statement = mock();
    private final DatabaseClock clock = new DatabaseClock(database, Clock.fixed(HERE, ZoneOffset.UTC), timer::get);

    @BeforeEach
    void theDatabaseSaysWhatTimeItIs() throws SQLException {
        given(database.getConnection()).willReturn(connection);
        given(connection.prepareStatement(anyString())).willReturn(statement);
        given(connection.getAutoCommit()).willReturn(true);
        given(statement.executeQuery()).willAnswer(_ -> {
            ResultSet row = mock();
            given(row.getObject(1, java.time.OffsetDateTime.class)).willReturn(THERE.atOffset(ZoneOffset.UTC));
            return row;
        });
    }

    @Test
    void isTheTimeOfTheDatabaseCarriedOnByTheTimer() {
        clock.ask();

        assertThat(clock.now()).isEqualTo(THERE);
        timer.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(clock.now()).isEqualTo(THERE.plusSeconds(7));
    }

    @Test
    void isTheTimeOfThisMachineUntilTheDatabaseHasAnswered() throws SQLException {
        given(database.getConnection()).willThrow(new SQLException("not there yet"));

        clock.ask();

        assertThat(clock.now()).isCloseTo(HERE, within(1, ChronoUnit.SECONDS));
    }

    @Test
    void asksAgainWhenItsAnswerIsOld() {
        clock.ask();
        timer.addAndGet(Duration.ofSeconds(11).toNanos());

        Awaitility.await().until(() -> clock.now().equals(THERE));
    }
}
