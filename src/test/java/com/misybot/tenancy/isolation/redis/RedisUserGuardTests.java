package com.misybot.tenancy.isolation.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What keeps a user of Redis to its tenant stays in force, whatever somebody does to it and whenever its namespace is emptied. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RedisUserGuardTests {

    private static final String SHA256 = "5e".repeat(32);

    private final Api api;
    private final RedisUsers users;
    private final MeterRegistry meters;
    private final String redis;

    RedisUserGuardTests(ApplicationContext context, RedisUsers users, MeterRegistry meters, Environment environment) {
        this.api = Api.operator(context);
        this.users = users;
        this.meters = meters;
        this.redis = Namespace.administrator(environment);
    }

    private Namespace registered() {
        return Namespace.registered(api, redis);
    }

    private double changed() {
        return meters.counter("tenancy.security.events", "kind", "redis_user_changed")
                .count();
    }

    private static String said(Namespace.Visitor administrator, Namespace tenant, String command, List<String> more) {
        var arguments = new CommandArgs<>(StringCodec.UTF8).add(command).add(tenant.username());
        more.forEach(arguments::add);
        return String.valueOf(
                administrator.commands().dispatch(CommandType.ACL, new ArrayOutput<>(StringCodec.UTF8), arguments));
    }

    private static String user(Namespace.Visitor administrator, Namespace tenant) {
        return said(administrator, tenant, "GETUSER", List.of());
    }

    private static void change(Namespace.Visitor administrator, Namespace tenant, List<String> rules) {
        var _ = said(administrator, tenant, "SETUSER", rules);
    }

    private static boolean knowsSelectors(Namespace.Visitor administrator) {
        return !administrator.commands().info("server").contains("redis_version:6.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+flushall",
                "+scan",
                "-get",
                "~*",
                "~t:*",
                "&*",
                "&t:*",
                "allcommands",
                "nopass",
                "off",
                "(~* +get)"
            })
    void isMadeAnewWhereSomebodyHasChangedIt(String more) {
        var tenant = registered();
        try (var administrator = tenant.administrator();
                var visitor = tenant.visitor(tenant.issue())) {
            Assumptions.assumeTrue(more.charAt(0) != '(' || knowsSelectors(administrator), "Selectors are of Redis 7");
            var made = user(administrator, tenant);
            var before = changed();
            change(administrator, tenant, List.of(more));

            users.bringAll();

            assertThat(user(administrator, tenant)).isEqualTo(made);
            await().until(() -> !visitor.connection().isOpen());
            // that it no longer has its password is no sign of more, and may be a change that is on its way
            assertThat(changed()).isGreaterThanOrEqualTo(more.equals("nopass") ? before : before + 1);
        }
    }

    @Test
    void aSecondPasswordIsTakenAway() {
        var tenant = registered();
        try (var administrator = tenant.administrator();
                var visitor = tenant.visitor(tenant.issue())) {
            var made = user(administrator, tenant);
            change(administrator, tenant, List.of(">another"));

            users.bringAll();

            assertThat(user(administrator, tenant)).isEqualTo(made);
            await().until(() -> !visitor.connection().isOpen());
        }
    }

    /** The rules say all of it: what was before, and what this Redis gives a new user, is gone. */
    @Test
    void isTheSameWhateverItWasMadeOf() {
        var tenant = registered();
        var rules = new TenantUser(tenant.id()).rules(SHA256);
        try (var administrator = tenant.administrator()) {
            change(administrator, tenant, rules);
            var made = user(administrator, tenant);
            change(administrator, tenant, List.of("on", ">another", "~*", "&*", "+@all"));
            if (knowsSelectors(administrator)) {
                change(administrator, tenant, List.of("(~* +get)"));
            }
            change(administrator, tenant, rules);
            assertThat(user(administrator, tenant)).isEqualTo(made);
            change(administrator, tenant, List.of("reset", "on", "nopass", "~*", "&*", "+@all"));
            change(administrator, tenant, rules);
            assertThat(user(administrator, tenant)).isEqualTo(made);

            var byDefault = administrator.commands().configGet("acl-pubsub-default");
            administrator.commands().aclDeluser(tenant.username());
            administrator.commands().configSet("acl-pubsub-default", "allchannels");
            try {
                change(administrator, tenant, rules);
                assertThat(user(administrator, tenant)).isEqualTo(made);
            } finally {
                byDefault.forEach(administrator.commands()::configSet);
                administrator.commands().aclDeluser(tenant.username());
            }
        }
    }

    @Test
    void whoWritesOnIsCutBeforeTheNamespaceIsEmptied() {
        var tenant = registered();
        var password = tenant.issue();
        var written = new AtomicInteger();
        try (var administrator = tenant.administrator();
                var visitor = tenant.visitor(password)) {
            var writer = CompletableFuture.runAsync(() -> {
                while (true) {
                    visitor.commands().set(tenant.key("k" + written.incrementAndGet()), "x");
                }
            });
            await().until(() -> written.get() > 100);

            var started = api.post(tenant.path() + "/redis/empty", "{\"reason\":\"begin again\"}");

            assertThat(started.status()).as(started.toString()).isEqualTo(202);
            var operation = api.get(started.header("Location").substring("/api/v1".length()), "Prefer", "wait=30");
            assertThat(operation.text("/status")).as(operation.toString()).isEqualTo("SUCCEEDED");
            await().until(writer::isCompletedExceptionally);
            assertThatThrownBy(writer::join).hasCauseInstanceOf(RedisException.class);
            assertThat(administrator.commands().keys(tenant.key("*"))).isEmpty();
        }
        try (var next = tenant.visitor(password)) {
            assertThat(next.commands().set(tenant.key("k"), "x")).isEqualTo("OK");
        }
    }
}
