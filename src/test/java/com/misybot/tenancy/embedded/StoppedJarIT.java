package com.misybot.tenancy.embedded;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, told to stop (SIGTERM) in the middle of a request. */
class StoppedJarIT {

    @TempDir
    Path directory;

    @Test
    void finishesItsRequestsAndSendsItsTraces() throws Exception {
        var collector = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        collector.start();
        collector.stubFor(any(anyUrl()).willReturn(ok()));
        var postgres = PackagedJar.postgres(directory.resolve("engines"));
        var port = Machine.freePort(directory.resolve("service"));
        var log = directory.resolve("log");
        var key = directory.resolve("operator.key");
        var environment = new HashMap<>(PackagedJar.environment(postgres));
        environment.put("SERVER_PORT", "" + port);
        environment.put("MANAGEMENT_SERVER_PORT", "" + Machine.freePort(directory.resolve("management")));
        environment.put("TENANCY_SECURITY_OPERATORKEYFILE", key.toString());
        environment.put("MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "1.0");
        environment.put("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT", collector.baseUrl() + "/v1/traces");
        var process = PackagedJar.command(directory, environment)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || Files.exists(key));
            assertThat(process.isAlive()).as(() -> read(log)).isTrue();
            var token = Files.readString(key).strip();
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                send(socket, """
                        POST /api/v1/tenants/import HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer %s\r
                        Content-Type: application/x-ndjson\r
                        Transfer-Encoding: chunked\r
                        \r
                        """.formatted(token));
                send(socket, chunk("first-tenant"));
                await().until(() -> status(port, token) == 200);

                process.destroy();
                await().until(() -> !answers(port));
                send(socket, chunk("second-tenant") + "0\r\n\r\n");

                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .contains("first-tenant\"}", "second-tenant\"}", "{\"summary\":{\"lines\":2,\"created\":2,");
            }
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            collector.verify(postRequestedFor(urlPathEqualTo("/v1/traces")));
        } finally {
            process.destroyForcibly().waitFor();
            postgres.destroy();
            collector.stop();
        }
    }

    private static String chunk(String slug) {
        var line = "{\"tenantId\":\"" + slug + "\",\"business\":{\"name\":\"T\"}}\n";
        return Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int status(int port, String token) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/api/v1/tenants/first-tenant"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
