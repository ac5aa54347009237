package com.misybot.tenancy.context.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.keyring.SigningKey;
import com.misybot.tenancy.keyring.SigningKeys;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SigningKeyApiTests {

    private static final String PATH = "/signing-keys/rotate";

    private final SigningKeys keys;
    private final ApplicationContext context;
    private final Api api;

    SigningKeyApiTests(SigningKeys keys, ApplicationContext context) {
        this.keys = keys;
        this.context = context;
        this.api = Api.operator(context);
    }

    @Test
    void publishesTheSuccessorBeforeItSigns() {
        var before = keys.current();

        var made = api.post(PATH, "{}");

        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(Instant.parse(made.text("/signsFrom"))).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
        awaitPublished(made.text("/kid"));
        assertThat(keys.current()).isSameAs(before);
        assertThat(api.post(PATH, "{}").text("/kid")).as("one that waits").isEqualTo(made.text("/kid"));
    }

    @Test
    void replacesKeysThatSomebodyElseMayHave() {
        var before = keys.current().keyId();

        var made = api.post(PATH, "{\"atOnce\":true,\"reason\":\"a dump was lost\"}");

        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        awaitPublished(made.text("/kid"));
        assertThat(keys.current().keyId()).isEqualTo(made.text("/kid"));
        assertThat(keys.published()).extracting(SigningKey::keyId).doesNotContain(before);
    }

    @Test
    void replacesForAReasonOnly() {
        var before = keys.current().keyId();

        var refused = api.post(PATH, "{\"atOnce\":true}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/code")).isEqualTo("reason_required");
        assertThat(keys.current().keyId()).isEqualTo(before);
    }

    @Test
    void rotatesOnceForOneIdempotencyKey() {
        var key = UUID.randomUUID().toString();
        var body = "{\"atOnce\":true,\"reason\":\"once\"}";

        var first = api.post(PATH, body, "Idempotency-Key", key);
        var again = api.post(PATH, body, "Idempotency-Key", key);

        assertThat(again.text("/kid")).isEqualTo(first.text("/kid"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void isForOperatorsWhoMayMakeKeys() {
        assertThat(Api.with(context, TestKeys.operator(context, "tenants:write"))
                        .post(PATH, "{}")
                        .status())
                .isEqualTo(403);
        assertThat(Api.with(context, TestKeys.service(context)).post(PATH, "{}").status())
                .isEqualTo(403);
    }

    private void awaitPublished(String kid) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(keys.published())
                        .extracting(SigningKey::keyId)
                        .contains(kid));
    }
}
