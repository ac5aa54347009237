package com.misybot.tenancy.credential;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class SecretRotationTests {

    private static final int AT_ONCE = 16;

    private final Api api;

    SecretRotationTests(ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @Test
    void rotationsAtOnceLeaveTwoSecretsOfAllThatWereIssued() throws Exception {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var path = "/tenants/" + slug + "/secrets";
        Callable<Api.Answer> rotation = () -> api.post(path, "{}");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(
                    Stream.generate(() -> rotation).limit(AT_ONCE).toList())) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(201);
            }
        }

        var items = api.get(path).json().at("/items");
        assertThat(items).hasSize(AT_ONCE + 1);
        assertThat(items.valueStream()
                        .filter(secret -> secret.at("/status").asString().equals("ACTIVE")))
                .hasSize(2);
        assertThat(items.valueStream()
                        .limit(2)
                        .map(secret -> secret.at("/status").asString()))
                .as("the latest two of the list")
                .containsOnly("ACTIVE");
        assertThat(items.valueStream()
                        .skip(1)
                        .map(secret -> secret.at("/replacedBy").asString("")))
                .as("each follows the one before")
                .containsExactlyElementsOf(items.valueStream()
                        .limit(AT_ONCE)
                        .map(secret -> secret.at("/secretId").asString())
                        .toList());
    }
}
