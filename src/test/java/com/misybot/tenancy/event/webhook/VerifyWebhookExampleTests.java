package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.NodeJs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/webhooks.md}: an implementation of Standard Webhooks that is not ours. */
class VerifyWebhookExampleTests extends WebhookFixture {

    private static final Path EXAMPLE = Path.of("examples", "verify-webhook");

    private @Nullable Process node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.destroyForcibly();
        }
    }

    @Test
    void anotherImplementationAcceptsWhatWeSendAndRefusesWhatWasTamperedWith() throws Exception {
        var tenant = tenant();
        var receiver = receiver();
        var hook = hook(tenant, receiver.url(), "tenant.updated");
        var rotated = api().post(hook.path() + "/rotate", "{\"overlap\":\"PT1H\"}");
        change(tenant);
        await().until(() -> receiver.messages().size() == 1);
        var message = receiver.messages().getFirst();
        for (var secret : List.of(hook.secret(), rotated.text("/secret"))) {
            var port = start(secret);
            assertThat(send(port, message, message.body(), message.id(), message.timestamp()))
                    .isEqualTo(204);
            assertThat(send(
                            port,
                            message,
                            message.body().replace("updated", "removed"),
                            message.id(),
                            message.timestamp()))
                    .isEqualTo(400);
            assertThat(send(port, message, message.body() + " ", message.id(), message.timestamp()))
                    .isEqualTo(400);
            assertThat(send(port, message, message.body(), message.id() + "0", message.timestamp()))
                    .isEqualTo(400);
            var later = Long.toString(Long.parseLong(message.timestamp()) + 1);
            assertThat(send(port, message, message.body(), message.id(), later)).isEqualTo(400);
            stop();
        }
        var foreign = start("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(send(foreign, message, message.body(), message.id(), message.timestamp()))
                .isEqualTo(400);
    }

    private static int send(int port, Receiver.Message message, String body, String id, String timestamp)
            throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .header("webhook-id", id)
                    .header("webhook-timestamp", timestamp)
                    .header("webhook-signature", message.signature())
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private int start(String secret) throws Exception {
        var builder = new ProcessBuilder(
                        NodeJs.program(),
                        NodeJs.installed(EXAMPLE).resolve("receiver.mjs").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("WEBHOOK_SECRET", secret);
        builder.environment().put("PORT", "0");
        node = builder.start();
        return NodeJs.port(node);
    }
}
