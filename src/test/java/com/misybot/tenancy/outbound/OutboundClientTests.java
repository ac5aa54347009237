package com.misybot.tenancy.outbound;

import static com.misybot.tenancy.outbound.RawServer.says;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.outbound.OutboundAnswer.Answered;
import com.misybot.tenancy.outbound.OutboundAnswer.Failed;
import com.misybot.tenancy.outbound.OutboundAnswer.Reason;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a name server and servers of our own. 127.0.0.1 is what may be called here; all else is inner. */
@Timeout(60)
class OutboundClientTests {

    private static final String OPEN = "127.0.0.1";
    private static final String INNER = "127.0.0.2";
    private static final String HOST = "hooks.test";
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final RawServer.Behaviour OK = says("HTTP/1.1 200 OK", "Content-Length: 0");

    private final NameServer names = new NameServer();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(names));

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void sendsToTheAddressThatWasCheckedByTheNameThatWasGiven() throws Exception {
        names.says(HOST, OPEN);
        var server = server(OPEN, 0, OK);
        assertThat(post(server.port())).isInstanceOfSatisfying(Answered.class, answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.latency()).isPositive();
        });
        assertThat(server.requests().getFirst().toLowerCase(java.util.Locale.ROOT))
                .startsWith("post /x http/1.1\r\n")
                .contains("host: " + HOST + ":" + server.port() + "\r\n")
                .contains("webhook-id: msg_1\r\n")
                .contains("content-type: application/json\r\n")
                .contains("content-length: 2\r\n")
                .doesNotContain("upgrade")
                .doesNotContain("accept-encoding")
                .doesNotContain("cookie");
        assertThat(names.asked()).isEqualTo(1);
    }

    @Test
    void refusesANameThatLeadsInwardsTheSecondTime() throws Exception {
        names.says(HOST, OPEN).then(HOST, INNER);
        var server = server(OPEN, 0, says("HTTP/1.1 200 OK", "Content-Length: 0", "Connection: close"));
        var inner = server(INNER, server.port(), OK);
        var client = client(OPEN + "/32");
        assertThat(post(client, server.port())).isInstanceOf(Answered.class);
        assertThat(post(client, server.port()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.UNREACHABLE));
        assertThat(inner.connections()).isZero();
    }

    /** Between the check and the connection nobody is asked: the second answer is never heard. */
    @Test
    void asksOnceForACall() throws Exception {
        names.says(HOST, OPEN).then(HOST, INNER);
        var server = server(OPEN, 0, OK);
        var inner = server(INNER, server.port(), OK);
        assertThat(post(server.port())).isInstanceOf(Answered.class);
        assertThat(inner.connections()).isZero();
        assertThat(names.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {INNER, "169.254.169.254", "::1", "64:ff9b::7f00:1", "fd00::1", "0.0.0.0"})
    void refusesANameOfWhichOneAddressOfManyIsInner(String one) throws Exception {
        names.says(HOST, OPEN, one);
        var server = server(OPEN, 0, OK);
        assertThat(reason(post(server.port()))).isEqualTo(Reason.UNREACHABLE);
        assertThat(server.connections()).isZero();
    }

    @Test
    void saysTheSameOfAnUnknownNameAndOfAnInnerAddress() throws Exception {
        names.says("inner.test", INNER);
        var client = client(OPEN + "/32");
        for (var host : List.of("inner.test", "unknown.test")) {
            var url = OutboundUrl.of("http://" + host + ":9000/");
            assertThat(client.leadsSomewhere(url)).isFalse();
            assertThat(reason(client.post(url, Map.of(), new byte[0], LIMIT))).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void takesARedirectForAnAnswer() throws Exception {
        names.says(HOST, OPEN);
        var inner = server(INNER, 0, OK);
        var location = "Location: http://" + INNER + ":" + inner.port() + "/";
        for (var status : List.of(301, 302, 303, 307, 308)) {
            var server = server(OPEN, 0, says("HTTP/1.1 " + status + " Elsewhere", location, "Content-Length: 0"));
            assertThat(post(server.port()))
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answer -> assertThat(answer.status()).isEqualTo(status));
        }
        assertThat(inner.connections()).isZero();
    }

    @Test
    void cutsAnEndlessBodyAndStillKnowsTheStatus() throws Exception {
        names.says(HOST, OPEN);
        var server = server(OPEN, 0, out -> {
            says("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").answer(out);
            while (true) {
                out.write("400\r\n".getBytes(UTF_8));
                out.write(new byte[0x400]);
                out.write("\r\n".getBytes(UTF_8));
            }
        });
        assertThat(post(server.port()))
                .isInstanceOfSatisfying(
                        Answered.class, answer -> assertThat(answer.latency()).isLessThan(LIMIT));
    }

    @Test
    void handsOverTheBeginningOfASmallText() throws Exception {
        names.says(HOST, OPEN);
        var server = server(OPEN, 0, says("HTTP/1.1 200 OK", "Content-Length: 5", "", "hello"));
        var read = new AtomicReference<byte[]>();

        var answer = client(OPEN + "/32")
                .get(OutboundUrl.of("http://" + HOST + ":" + server.port() + "/x"), 4, LIMIT, read::set);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answered.class, one -> assertThat(one.status()).isEqualTo(200));
        assertThat(read.get()).as("one byte more than the four that are wanted").hasSize(5);
        assertThat(server.requests().getFirst()).startsWith("GET /x HTTP/1.1\r\n");
    }

    /** Who listens at 443 here, if anybody does, has no certificate for this name. */
    @Test
    void callsTheUsualPortWhereTheUrlNamesNone() throws Exception {
        names.says(HOST, OPEN);
        var answer = client(OPEN + "/32").post(OutboundUrl.of("https://" + HOST + "/x"), Map.of(), new byte[0], LIMIT);

        assertThat(reason(answer)).isIn(Reason.CONNECT, Reason.TLS);
    }

    @Test
    void handsOverNothingOfWhereNothingIsCalled() throws Exception {
        names.says("inner.test", INNER);
        var inner = server(INNER, 0, says("HTTP/1.1 200 OK", "Content-Length: 5", "", "hello"));
        var read = new AtomicReference<byte[]>();
        for (var url :
                List.of("http://inner.test:" + inner.port() + "/", "https://inner.test/", "https://unknown.test/")) {
            assertThat(reason(client(OPEN + "/32").get(OutboundUrl.of(url), 4, LIMIT, read::set)))
                    .as(url)
                    .isEqualTo(Reason.UNREACHABLE);
        }
        assertThat(read.get()).isNull();
        assertThat(inner.connections()).isZero();
    }

    @Test
    void unpacksNothing() throws Exception {
        names.says(HOST, OPEN);
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[8_000_000]);
        }
        var server = server(OPEN, 0, out -> {
            says("HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Length: " + bomb.size())
                    .answer(out);
            out.write(bomb.toByteArray());
        });
        assertThat(post(server.port())).isInstanceOf(Answered.class);
    }

    @Test
    void endsWhereHeadersComeTooSlowlyForTheWhole() throws Exception {
        names.says(HOST, OPEN);
        var server = server(OPEN, 0, out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            for (var i = 0; i < 1_000; i++) {
                out.write('x');
                out.flush();
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
        });
        var answer = post(server.port());
        assertThat(reason(answer)).isEqualTo(Reason.TIMEOUT);
        assertThat(answer.latency()).isBetween(LIMIT.minusMillis(50), LIMIT.plusSeconds(2));
    }

    @Test
    void boundsHeaders() throws Exception {
        names.says(HOST, OPEN);
        var wide = server(OPEN, 0, says("HTTP/1.1 200 OK", "X: " + "x".repeat(20_000), "Content-Length: 0"));
        assertThat(reason(post(wide.port()))).isEqualTo(Reason.BROKEN);
        var many = server(OPEN, 0, out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                out.write("X: y\r\n".getBytes(UTF_8));
            }
        });
        assertThat(reason(post(many.port()))).isEqualTo(Reason.BROKEN);
    }

    @Test
    void takesAHundredHeadersAndNoMore() throws Exception {
        names.says(HOST, OPEN);
        assertThat(post(server(OPEN, 0, says(withHeaders(100))).port())).isInstanceOf(Answered.class);
        assertThat(reason(post(server(OPEN, 0, says(withHeaders(101))).port()))).isEqualTo(Reason.BROKEN);
    }

    private static String[] withHeaders(int count) {
        var lines = new ArrayList<>(List.of("HTTP/1.1 200 OK", "Content-Length: 0"));
        while (lines.size() <= count) {
            lines.add("X-" + lines.size() + ": y");
        }
        return lines.toArray(String[]::new);
    }

    @Test
    void saysWhyThereIsNoAnswer() throws Exception {
        names.says(HOST, OPEN);
        var closed = server(OPEN, 0, OK);
        closed.close();
        assertThat(reason(post(closed.port()))).isEqualTo(Reason.CONNECT);
        var rude = server(OPEN, 0, out -> out.write("220 mail ready\r\n".getBytes(UTF_8)));
        assertThat(reason(post(rude.port()))).isIn(Reason.BROKEN, Reason.TIMEOUT);
        var silent = server(OPEN, 0, _ -> new CountDownLatch(1).await(60, TimeUnit.SECONDS));
        assertThat(reason(post(silent.port()))).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void tellsWhenToComeAgain() throws Exception {
        names.says(HOST, OPEN);
        var server = server(OPEN, 0, says("HTTP/1.1 503 Later", "Retry-After: 120", "Content-Length: 0"));
        assertThat(post(server.port()))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answer -> assertThat(answer.retryAfter()).isEqualTo("120"));
    }

    @Test
    void keepsAConnectionForTheNextCall() throws Exception {
        names.says(HOST, OPEN);
        var server = server(OPEN, 0, OK);
        var client = client(OPEN + "/32");
        for (var i = 0; i < 5; i++) {
            assertThat(post(client, server.port())).isInstanceOf(Answered.class);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isNotHeldUpByNameServersThatDoNotAnswer() throws Exception {
        try (var mute = new java.net.DatagramSocket(0, java.net.InetAddress.getLoopbackAddress())) {
            var settings = settings(List.of(OPEN + "/32"), "127.0.0.1:" + mute.getLocalPort());
            var client = client(settings, SSLContext.getDefault());
            var answer = post(client, 9_000);
            assertThat(reason(answer)).isIn(Reason.UNREACHABLE, Reason.TIMEOUT);
            assertThat(answer.latency()).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void trustsACertificateOnlyForItsName() throws Exception {
        var trusted = new Certificates(HOST);
        names.says(HOST, OPEN).says("other.test", OPEN);
        var server = RawServer.at(trusted.serverSockets(), OPEN, 0, OK);
        open.add(server);
        var client = client(settings(List.of(OPEN + "/32"), names.address()), trusted.trust());
        assertThat(client.post(OutboundUrl.of("https://" + HOST + ":" + server.port()), Map.of(), new byte[0], LIMIT))
                .isInstanceOf(Answered.class);
        assertThat(reason(client.post(
                        OutboundUrl.of("https://other.test:" + server.port()), Map.of(), new byte[0], LIMIT)))
                .isEqualTo(Reason.TLS);
        var distrustful = client(settings(List.of(OPEN + "/32"), names.address()), SSLContext.getDefault());
        assertThat(reason(distrustful.post(
                        OutboundUrl.of("https://" + HOST + ":" + server.port()), Map.of(), new byte[0], LIMIT)))
                .isEqualTo(Reason.TLS);
    }

    @Test
    void acceptsHttpAddressesAndOtherPortsOnlyWhereTheyAreOpened() throws Exception {
        var closed = client();
        refuses(closed, "http://example.com/", "url_scheme");
        refuses(closed, "http://localhost:9000/", "url_scheme");
        refuses(closed, "https://8.8.8.8/", "host_ip_literal");
        refuses(closed, "https://127.0.0.1/", "host_ip_literal");
        refuses(closed, "https://example.com:25/", "url_port");
        refuses(closed, "https://example.com:80/", "url_port");
        closed.requireAcceptable(OutboundUrl.of("https://example.com/"));
        closed.requireAcceptable(OutboundUrl.of("https://example.com:8443/"));
        var opened = client("127.0.0.1/32:80");
        opened.requireAcceptable(OutboundUrl.of("http://127.0.0.1/"));
        refuses(opened, "http://127.0.0.2/", "host_ip_literal");
        refuses(opened, "http://127.0.0.1:9000/", "url_scheme");
        // the scheme is fine at this port, and the name is found out to lead elsewhere
        opened.requireAcceptable(OutboundUrl.of("http://public.test/"));
        names.says("public.test", "8.8.8.8");
        assertThat(opened.leadsSomewhere(OutboundUrl.of("http://public.test/"))).isFalse();
        assertThat(opened.leadsSomewhere(OutboundUrl.of("https://public.test/")))
                .isTrue();
    }

    private static void refuses(OutboundClient client, String url, String code) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> client.requireAcceptable(OutboundUrl.of(url)))
                .returns(code, InvalidValue::code);
    }

    private RawServer server(String address, int port, RawServer.Behaviour behaviour) {
        var server = RawServer.at(address, port, behaviour);
        open.add(server);
        return server;
    }

    private OutboundClient client(String... allow) throws Exception {
        return client(settings(List.of(allow), names.address()), SSLContext.getDefault());
    }

    private OutboundClient client(OutboundSettings settings, SSLContext trust) {
        var client = new OutboundClient(settings.rules(), new NameLookup(settings), new Connections(settings, trust));
        open.add(client);
        return client;
    }

    private static OutboundSettings settings(List<String> allow, String nameServer) {
        return new OutboundSettings(allow, List.of(nameServer), Duration.ofSeconds(1), 16);
    }

    private OutboundAnswer post(int port) throws Exception {
        return post(client(OPEN + "/32"), port);
    }

    private static OutboundAnswer post(OutboundClient client, int port) {
        return client.post(
                OutboundUrl.of("http://" + HOST + ":" + port + "/x"),
                Map.of("webhook-id", "msg_1"),
                "{}".getBytes(UTF_8),
                LIMIT);
    }

    private static Reason reason(OutboundAnswer answer) {
        return ((Failed) answer).reason();
    }
}
