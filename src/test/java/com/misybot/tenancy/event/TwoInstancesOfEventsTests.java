package com.misybot.tenancy.event;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.TenancyApplication;
import com.misybot.tenancy.event.feed.Feed;
import com.misybot.tenancy.event.feed.FeedEvent;
import com.misybot.tenancy.event.webhook.CountingReceiver;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two instances that share PostgreSQL: what one commits the other tells, and each message is sent by one of them. */
class TwoInstancesOfEventsTests {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final int CHANGES = 25;

    private static final List<ConfigurableApplicationContext> INSTANCES = new ArrayList<>();
    private static final List<Api> CLIENTS = new ArrayList<>();

    @BeforeAll
    static void start() {
        for (var i = 0; i < 2; i++) {
            INSTANCES.add(new SpringApplicationBuilder(TenancyApplication.class)
                    .run(
                            "--server.port=0",
                            "--management.server.port=0",
                            "--tenancy.embedded.data-dir=target/engines-of-two",
                            "--tenancy.embedded.durable=false",
                            "--tenancy.outbound.allow=127.0.0.1/32"));
        }
        var key = TestKeys.operator(INSTANCES.getFirst());
        INSTANCES.forEach(instance -> CLIENTS.add(Api.with(instance, key)));
    }

    @AfterAll
    static void stop() {
        INSTANCES.reversed().forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void eachMessageIsSentOnceAndItsResultRecordedOnce() throws Exception {
        try (var receiver = new CountingReceiver()) {
            var slugs = List.of(tenant(), tenant(), tenant());
            var hooks = new ArrayList<String>();
            for (var slug : slugs) {
                hooks.add(hook("/tenants/" + slug + "/webhooks", receiver));
            }
            hooks.add(hook("/webhooks", receiver));
            changeOnBoth(slugs);
            var each = 2 * CHANGES;
            var all = slugs.size() * each;

            await().atMost(LONG).untilAsserted(() -> {
                for (var hook : hooks.subList(0, slugs.size())) {
                    assertThat(delivered(hook)).isEqualTo(each);
                }
                assertThat(delivered(hooks.getLast())).isEqualTo(all);
            });
            assertThat(receiver.messages())
                    .as("each event to its tenant's webhook and to the platform's")
                    .hasSize(2 * all)
                    .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
        }
    }

    @Test
    void followersOnBothAreToldTheSameInTheSameOrder() throws Exception {
        var slugs = List.of(tenant(), tenant());
        var over = new AtomicBoolean();
        var told = List.of(
                Collections.synchronizedList(new ArrayList<UUID>()),
                Collections.synchronizedList(new ArrayList<UUID>()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var following = new ArrayList<Future<?>>();
            for (var i = 0; i < 2; i++) {
                var mine = told.get(i);
                var feed = INSTANCES.get(i).getBean(Feed.class);
                var lane = feed.all(Reach.all(), Set.of(), new TypeFilter(List.of("tenant.updated")), Feed.LATEST);
                following.add(threads.submit((Callable<Object>) () -> {
                    try (var follower = feed.follow(lane, null)) {
                        while (!over.get()) {
                            follower.next(Duration.ofMillis(50)).stream()
                                    .map(FeedEvent::event)
                                    .map(Event::id)
                                    .forEach(mine::add);
                        }
                    }
                    return true;
                }));
            }
            changeOnBoth(slugs);
            var all = slugs.size() * 2 * CHANGES;
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(told).allSatisfy(mine -> assertThat(mine).hasSizeGreaterThanOrEqualTo(all)));
            over.set(true);
            for (var one : following) {
                one.get();
            }
        }
        assertThat(told.getFirst()).doesNotHaveDuplicates().containsExactlyElementsOf(told.getLast());
        assertThat(new HashSet<>(told.getFirst())).hasSize(slugs.size() * 2 * CHANGES);
    }

    private static void changeOnBoth(List<String> slugs) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Future<?>>();
            for (var client : CLIENTS) {
                for (var slug : slugs) {
                    work.add(threads.submit(() -> {
                        for (var i = 0; i < CHANGES; i++) {
                            var changed = client.patch(
                                    "/tenants/" + slug,
                                    "{\"labels\":{\"n\":\"" + System.nanoTime() + "\"}}",
                                    "If-Match",
                                    "*");
                            assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
                        }
                    }));
                }
            }
            for (var one : work) {
                one.get();
            }
        }
    }

    /** How many messages were delivered by their first attempt; every other one is a failure of the test. */
    private static long delivered(String hook) {
        var delivered = 0;
        for (var token = ""; ; ) {
            var page = CLIENTS.getFirst()
                    .get(hook + "/deliveries?pageSize=200" + (token.isEmpty() ? "" : "&pageToken=" + token))
                    .json();
            for (var one : page.path("items")) {
                assertThat(one.path("attempt").asInt()).as(one.toString()).isLessThanOrEqualTo(1);
                delivered += one.path("state").asString().equals("DELIVERED") ? 1 : 0;
            }
            token = page.path("nextPageToken").asString("");
            if (token.isEmpty()) {
                return delivered;
            }
        }
    }

    private static String tenant() {
        var slug = freeSlug();
        var made = CLIENTS.getFirst().post("/tenants", Api.tenant(slug), "Prefer", "wait=10");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return slug;
    }

    private static String hook(String path, CountingReceiver receiver) {
        var made = CLIENTS.getLast()
                .post(path, "{\"url\":\"%s\",\"types\":[\"tenant.updated\"]}".formatted(receiver.url()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return path + "/" + made.text("/id");
    }
}
