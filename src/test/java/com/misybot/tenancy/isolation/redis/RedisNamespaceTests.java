package com.misybot.tenancy.isolation.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.security.apikey.TestKeys;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RedisNamespaceTests {

    private final ApplicationContext context;
    private final Api api;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final RedisUsers users;
    private final String redis;

    RedisNamespaceTests(
            ApplicationContext context,
            ScopedTransactions transactions,
            JdbcClient jdbc,
            RedisUsers users,
            Environment environment) {
        this.context = context;
        this.api = Api.operator(context);
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.users = users;
        this.redis = Namespace.administrator(environment);
    }

    private Namespace registered() {
        return Namespace.registered(api, redis);
    }

    @Test
    void issuesAUserAndShowsItsPasswordOnce() {
        var tenant = registered();

        var issued = api.post(tenant.credentials(), "{\"reason\":\"billing\"}", "Idempotency-Key", "once");

        assertThat(issued.status()).as(issued.toString()).isEqualTo(201);
        assertThat(issued.header("Misy-Propagation")).isEqualTo("done");
        assertThat(issued.text("/username")).isEqualTo(tenant.username());
        assertThat(issued.text("/keyPrefix")).isEqualTo(tenant.key(""));
        assertThat(issued.text("/password")).hasSize(27);
        var again = api.post(tenant.credentials(), "{\"reason\":\"billing\"}", "Idempotency-Key", "once");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/secretWithheld").asBoolean()).isTrue();
        var read = api.get(tenant.credentials());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo(issued.header("ETag"));
        assertThat(read.toString()).doesNotContain("assword").doesNotContain(issued.text("/password"));
        assertThat(row(tenant.id())).doesNotContain(issued.text("/password"));
    }

    @Test
    void letsTheUserWorkOnItsTenantsKeysAndNoOther() {
        var tenant = registered();
        var other = registered();
        try (var visitor = tenant.visitor(tenant.issue())) {
            var redis = visitor.commands();
            assertThat(redis.set(tenant.key("cart"), "1")).isEqualTo("OK");
            assertThat(redis.get(tenant.key("cart"))).isEqualTo("1");
            redis.hset(tenant.key("hash"), "field", "value");
            redis.lpush(tenant.key("list"), "a");
            redis.zadd(tenant.key("sorted"), 1, "a");
            redis.xadd(tenant.key("stream"), "a", "b");
            redis.multi();
            redis.incr(tenant.key("count"));
            assertThat(redis.exec()).isNotEmpty();
            for (var key : new String[] {
                other.key("cart"),
                RedisKeys.context(tenant.id()),
                RedisKeys.limit(tenant.id(), "resolve"),
                tenant.outside("appx"),
                "plain"
            }) {
                assertThatThrownBy(() -> redis.get(key)).as(key).hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> redis.set(key, "x")).as(key).hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> redis.rename(tenant.key("cart"), key))
                        .as(key)
                        .hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> redis.sunionstore(tenant.key("loot"), key))
                        .as(key)
                        .hasMessageContaining("NOPERM");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCAN 0",
                "KEYS *",
                "RANDOMKEY",
                "DBSIZE",
                "PUBSUB CHANNELS",
                "CLIENT TRACKING ON BCAST",
                "CLIENT LIST",
                "CLIENT KILL TYPE normal",
                "SELECT 1",
                "SWAPDB 0 1",
                "EVAL return(1) 0",
                "SCRIPT LOAD return(1)",
                "CONFIG GET *",
                "ACL WHOAMI",
                "ACL LIST",
                "FLUSHALL",
                "FLUSHDB",
                "MONITOR",
                "INFO",
                "SLOWLOG GET",
                "SHUTDOWN NOSAVE",
                "DEBUG SLEEP 0",
                "CLUSTER GETKEYSINSLOT 1 1",
                "COPY k k2",
                "MOVE k 1",
                "SORT k",
                "DUMP k",
                "OBJECT ENCODING k",
                "MIGRATE h 1 k 0 1",
                "WAIT 0 0",
            })
    void grantsNothingThatRedisDoesNotLimitToKeys(String command) {
        var tenant = registered();
        try (var visitor = tenant.visitor(tenant.issue())) {
            var words = command.replace(" k", " " + tenant.key("k")).split(" ", -1);
            var arguments = new CommandArgs<>(StringCodec.UTF8);
            for (var i = 1; i < words.length; i++) {
                arguments.add(words[i]);
            }

            assertThatThrownBy(() -> visitor.commands()
                            .dispatch(
                                    () -> words[0].getBytes(US_ASCII), new ArrayOutput<>(StringCodec.UTF8), arguments))
                    .isInstanceOf(RedisCommandExecutionException.class)
                    // since Redis 7 nobody at all has DEBUG, and is told so before it is asked who it is
                    .hasMessageMatching(
                            words[0].equals("DEBUG") ? "NOPERM.*|ERR DEBUG command not allowed.*" : "NOPERM.*");
        }
    }

    @Test
    void letsTheUserHearItsTenantsChannelsAndNoOther() {
        var tenant = registered();
        var other = registered();
        var heard = new CopyOnWriteArrayList<String>();
        try (var visitor = tenant.visitor(tenant.issue());
                var ears = visitor.client().connectPubSub()) {
            ears.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    heard.add(message);
                }
            });
            ears.sync().subscribe(tenant.key("news"));
            await().until(() -> visitor.commands().publish(tenant.key("news"), "hello") == 1);
            await().until(() -> heard.contains("hello"));
            assertThatThrownBy(() -> visitor.commands().publish(other.key("news"), "x"))
                    .hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> visitor.commands().publish(RedisKeys.CHANGED, "x"))
                    .hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> visitor.commands().publish(tenant.outside("news"), "x"))
                    .hasMessageContaining("NOPERM");
        }
        for (var channel : new String[] {other.key("news"), RedisKeys.CHANGED, tenant.outside("news")}) {
            try (var visitor = tenant.visitor(tenant.issue());
                    var ears = visitor.client().connectPubSub()) {
                assertThatThrownBy(() -> ears.sync().subscribe(channel)).hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> ears.sync().psubscribe("*")).hasMessageContaining("NOPERM");
            }
        }
    }

    @Test
    void aNewPasswordEndsTheOneBeforeAndWhoCameInByIt() {
        var tenant = registered();
        var first = tenant.issue();
        try (var visitor = tenant.visitor(first)) {
            assertThat(visitor.commands().ping()).isEqualTo("PONG");

            var second = tenant.issue();

            await().until(() -> !visitor.connection().isOpen());
            assertThatThrownBy(() -> tenant.visitor(first)).hasStackTraceContaining("WRONGPASS");
            try (var next = tenant.visitor(second)) {
                users.bring(tenant.id());
                assertThat(users.bringAll()).isZero();
                assertThat(next.commands().ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void aDeletedUserIsCutOff() {
        var tenant = registered();
        var password = tenant.issue();
        try (var visitor = tenant.visitor(password)) {
            assertThat(api.delete(tenant.credentials()).status()).isEqualTo(428);
            assertThat(api.delete(tenant.credentials(), "If-Match", "\"99\"").status())
                    .isEqualTo(412);

            assertThat(tenant.revoke().status()).isEqualTo(204);

            await().until(() -> !visitor.connection().isOpen());
        }
        assertThatThrownBy(() -> tenant.visitor(password)).hasStackTraceContaining("WRONGPASS");
        assertThat(api.get(tenant.credentials()).status()).isEqualTo(404);
        assertThat(tenant.revoke().status()).isEqualTo(404);
    }

    @Test
    void whoWaitsForDeletionHasNoUserUntilRestored() {
        var tenant = registered();
        var password = tenant.issue();
        api.post("/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"r\"}");
        assertThatCode(() -> tenant.visitor(password).close()).doesNotThrowAnyException();

        var deleted = api.delete("/tenants/" + tenant.slug(), "If-Match", "*", "X-Reason", "gone");

        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(202);
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> tenant.visitor(password)).hasStackTraceContaining("WRONGPASS"));
        var refused = api.post(tenant.credentials(), "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("namespace_closed");
        api.post("/tenants/" + tenant.slug() + "/restore", "{\"reason\":\"back\"}");
        await().untilAsserted(() ->
                assertThatCode(() -> tenant.visitor(password).close()).doesNotThrowAnyException());
    }

    @Test
    void emptiesANamespaceWithItsWritersKeptOut() {
        var tenant = registered();
        var other = registered();
        var password = tenant.issue();
        try (var administrator = tenant.administrator()) {
            var redis = administrator.commands();
            var many = new HashMap<String, String>();
            for (var i = 0; i < 3_000; i++) {
                many.put(tenant.key("k" + i), "x");
            }
            redis.mset(many);
            redis.set(other.key("k"), "x");
            assertThat(api.post(tenant.path() + "/redis/empty", "{}").status()).isEqualTo(422);

            var started = api.post(tenant.path() + "/redis/empty", "{\"reason\":\"begin again\"}");

            assertThat(started.status()).as(started.toString()).isEqualTo(202);
            var operation = api.get(started.header("Location").substring("/api/v1".length()), "Prefer", "wait=30");
            assertThat(operation.text("/status")).as(operation.toString()).isEqualTo("SUCCEEDED");
            assertThat(operation.json().at("/result/deleted").asInt()).isEqualTo(3_000);
            assertThat(operation.json().at("/result/closed").asBoolean()).isTrue();
            assertThat(redis.keys(tenant.key("*"))).isEmpty();
            assertThat(redis.exists(RedisKeys.context(tenant.id()))).isEqualTo(1);
            assertThat(redis.exists(other.key("k"))).isEqualTo(1);
        }
        assertThatCode(() -> tenant.visitor(password).close()).doesNotThrowAnyException();
    }

    @Test
    void aNamespaceThatIsBeingEmptiedHasNoUser() {
        var tenant = registered();
        var password = tenant.issue();
        try (var visitor = tenant.visitor(password)) {
            closedBy(tenant.id(), runningOperation(tenant));
            users.bring(tenant.id());
            await().until(() -> !visitor.connection().isOpen());
            assertThatThrownBy(() -> tenant.visitor(password)).hasStackTraceContaining("WRONGPASS");
            assertThat(api.post(tenant.path() + "/redis/empty", "{\"reason\":\"r\"}")
                            .text("/code"))
                    .isEqualTo("namespace_closed");

            closedBy(tenant.id(), UUID.randomUUID());
            users.bring(tenant.id());
            assertThatCode(() -> tenant.visitor(password).close()).doesNotThrowAnyException();
        }
    }

    @Test
    void tellsWhereATenantsDataIsAndHowMuch() {
        var tenant = registered();
        var other = registered();
        try (var visitor = tenant.visitor(tenant.issue());
                var stranger = other.visitor(other.issue())) {
            visitor.commands().set(tenant.key("a"), "1");
            visitor.commands().set(tenant.key("b"), "1");
            stranger.commands().set(other.key("c"), "1");
        }

        var told = api.get(tenant.path());

        assertThat(told.status()).as(told.toString()).isEqualTo(200);
        var postgres = entry(told, "postgres");
        assertThat(postgres.at("/access/role").asString()).isEqualTo("tenancy_tenant");
        assertThat(postgres.at("/access/setting").asString()).isEqualTo("tenancy.tenant");
        assertThat(postgres.at("/access/value").asString())
                .isEqualTo(tenant.id().toString());
        for (var table : new String[] {"tenant", "tenant_secret", "namespace"}) {
            assertThat(part(postgres, table).at("/items").asLong()).as(table).isEqualTo(1);
        }
        var redis = entry(told, "redis");
        assertThat(redis.at("/access/keyPrefix").asString()).isEqualTo(tenant.key(""));
        assertThat(redis.at("/access/username").asString()).isEqualTo(tenant.username());
        assertThat(part(redis, "app").at("/items").asLong()).isEqualTo(2);
        assertThat(part(redis, "app").at("/bytes").asLong()).isPositive();
        assertThat(part(redis, "context").at("/items").asLong()).isEqualTo(1);
    }

    private static JsonNode entry(Api.Answer told, String store) {
        return one(told.json().at("/namespaces"), "/store", store);
    }

    private static JsonNode part(JsonNode namespace, String name) {
        return one(namespace.at("/parts"), "/name", name);
    }

    private static JsonNode one(JsonNode all, String pointer, String value) {
        return all.valueStream()
                .filter(node -> node.at(pointer).asString().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + value + " in " + all));
    }

    @Test
    void isForWhoMayWriteNamespaces() {
        var tenant = registered();
        var stranger = Api.with(context, TestKeys.operator(context, "tenants:read"));

        assertThat(stranger.post(tenant.credentials(), "{}").status()).isEqualTo(403);
        assertThat(stranger.get(tenant.path()).status()).isEqualTo(403);
        assertThat(api.get("/tenants/nobody-here/namespaces").status()).isEqualTo(404);
        assertThat(api.post("/tenants/nobody-here/namespaces/redis/credentials", "nonsense")
                        .status())
                .isEqualTo(404);
        assertThat(api.post(tenant.credentials(), "{\"overlap\":\"PT1H\"}").status())
                .isEqualTo(400);
        assertThat(Api.with(context, TestKeys.service(context, "namespaces:write"))
                        .post(tenant.credentials(), "{}")
                        .status())
                .isEqualTo(201);
    }

    private UUID runningOperation(Namespace tenant) {
        return requireNonNull(transactions.change(Scope.tenant(tenant.id()), () -> {
            var id = UUID.randomUUID();
            jdbc.sql("""
                    insert into operation (tenant, id, kind, status, cancellable, version, created_at, created_by)
                    values (?, ?, 'test.none', 'RUNNING', false, 1, now(), 'operator:test')""").params(tenant.id(), id).update();
            return id;
        }));
    }

    private void closedBy(UUID tenant, UUID operation) {
        transactions.change(
                Scope.tenant(tenant),
                () -> jdbc.sql("update namespace set closed_by = ?")
                        .param(operation)
                        .update());
    }

    private String row(UUID tenant) {
        return transactions.read(
                Scope.tenant(tenant),
                () -> jdbc.sql("select to_jsonb(n)::text from namespace n")
                        .query(String.class)
                        .single());
    }
}
