package com.misybot.tenancy.context.mirror;

import static com.misybot.tenancy.Api.freeSlug;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.context.TestRedisClient;
import com.misybot.tenancy.embedded.TestRedis;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Outcome;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Provisioned;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.ServedTenants;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1) // walks through all tenants many times: before other classes have made thousands
class MirrorTests {

    private static final String PAGE = "https://www.acme.example";

    private final Api api;
    private final Mirror mirror;
    private final MirrorStep step;
    private final MirrorRepair repair;
    private final PendingContexts pending;
    private final ServedTenants served;
    private final MeterRegistry meters;
    private final String url;
    private final JdbcTemplate owner;
    private TestRedisClient redis;

    MirrorTests(
            ApplicationContext context,
            Mirror mirror,
            MirrorStep step,
            MirrorRepair repair,
            PendingContexts pending,
            ServedTenants served,
            MeterRegistry meters,
            @Value("${tenancy.embedded.data-dir}") Path engines,
            @Qualifier("ownerDataSource") DataSource owner) {
        this.api = Api.operator(context);
        this.mirror = mirror;
        this.step = step;
        this.repair = repair;
        this.pending = pending;
        this.served = served;
        this.meters = meters;
        this.url = TestRedis.of(engines).url();
        this.owner = new JdbcTemplate(owner);
    }

    @BeforeAll
    void connect() {
        redis = new TestRedisClient(url);
    }

    @AfterAll
    void close() {
        redis.close();
    }

    private record Registered(String slug, UUID id, SiteId site) {}

    private Registered register() {
        var slug = freeSlug();
        var created = api.post("/tenants", """
                {"tenantId":"%s","business":{"name":"Acme"},"allowedOrigins":["%s"],"labels":{"a":"b"}}""".formatted(slug, PAGE));
        return new Registered(slug, UUID.fromString(created.text("/id")), new SiteId(created.text("/siteId")));
    }

    private Api.Answer resolve(Registered tenant) {
        return api.get("/context?siteId=" + tenant.site() + "&origin=" + PAGE);
    }

    private ServedTenant inPostgres(Registered tenant) {
        return served.byId(List.of(tenant.id())).getFirst();
    }

    private double foreignValues() {
        return meters.counter("tenancy.security.events", "kind", "foreign_value")
                .count();
    }

    @Test
    void holdsEveryContextAsTheContractSays() {
        var tenant = register();
        var hash = redis.commands().hgetall("t:{" + tenant.id() + "}:context");
        assertThat(hash).containsOnlyKeys("version", "mac", "value").containsEntry("version", "2");
        var value = JsonMapper.shared().readTree(requireNonNull(hash.get("value")));
        assertThat(value.at("/tenantId").asString()).isEqualTo(tenant.slug());
        assertThat(value.at("/origins/0").asString()).isEqualTo(PAGE);
        assertThat(value.at("/schema").asInt()).isEqualTo(1);
        assertThat(redis.commands().get("site:" + tenant.site()))
                .isEqualTo(tenant.id().toString());
        assertThat(mirror.read(tenant.id())).isEqualTo(inPostgres(tenant));
    }

    @Test
    void isWrittenBeforeTheChangeIsAnswered() {
        var tenant = register();
        var changed = api.post("/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"r\"}");
        assertThat(changed.header("Misy-Propagation")).isEqualTo("done");
        assertThat(requireNonNull(mirror.read(tenant.id())).status()).hasToString("SUSPENDED");
    }

    @Test
    void anOlderVersionNeverReplacesALaterOne() {
        var tenant = register();
        var before = inPostgres(tenant);
        api.post("/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"r\"}");
        mirror.write(List.of(before));
        assertThat(requireNonNull(mirror.read(tenant.id())).contextVersion()).isGreaterThan(before.contextVersion());
    }

    @Test
    void isToldOfANewTenantOnceMoreWhereItDoesNotKnowIt() {
        var tenant = register();
        awaitRepaired();
        for (var key : List.of(RedisKeys.context(tenant.id()), RedisKeys.site(tenant.site()))) {
            assertThat(mirror.knows(tenant.id())).isTrue();
            redis.commands().del(key);
            assertThat(mirror.knows(tenant.id())).isFalse();

            assertThat(step.run(provisioned(tenant))).isEqualTo(Outcome.completed());
        }
        assertThat(mirror.knows(tenant.id())).isTrue();
        assertThat(mirror.read(tenant.id())).isEqualTo(inPostgres(tenant));
    }

    @Test
    void isNotToldOfATenantThatItKnows() {
        var tenant = register();
        var before = inPostgres(tenant);
        api.post("/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"r\"}");
        awaitRepaired();
        redis.commands().del(RedisKeys.context(tenant.id()));
        mirror.write(List.of(before));

        assertThat(step.run(provisioned(tenant))).isEqualTo(Outcome.completed());

        assertThat(mirror.read(tenant.id())).isEqualTo(before);
    }

    private Provisioned provisioned(Registered tenant) {
        return new Provisioned(tenant.id(), new TenantId(tenant.slug()), UUID.randomUUID(), step.name(), 1);
    }

    @Test
    void takesAChangedValueForNone() {
        var tenant = register();
        api.post("/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"r\"}");
        var key = RedisKeys.context(tenant.id());
        var value = requireNonNull(redis.commands().hget(key, "value"));
        redis.commands().hset(key, "value", value.replace("SUSPENDED", "ACTIVE"));
        var events = foreignValues();

        assertThat(mirror.read(tenant.id())).isNull();

        assertThat(foreignValues()).isEqualTo(events + 1);
        await().untilAsserted(() -> assertThat(redis.commands().exists(key)).isZero());
        assertThat(resolve(tenant).text("/code")).isEqualTo("tenant_suspended");
    }

    @Test
    void takesAnotherTenantsValueForNone() {
        var victim = register();
        var other = register();
        redis.commands().hset(RedisKeys.context(victim.id()), redis.commands().hgetall(RedisKeys.context(other.id())));
        var events = foreignValues();
        assertThat(mirror.read(victim.id())).isNull();
        assertThat(foreignValues()).isEqualTo(events + 1);
    }

    @Test
    void believesNoSiteThatItsTenantDoesNotHave() {
        var tenant = register();
        var other = register();
        redis.commands().set(RedisKeys.site(tenant.site()), other.id().toString());
        var events = foreignValues();
        assertThat(resolve(tenant).text("/tenantId")).isEqualTo(tenant.slug());
        assertThat(foreignValues()).isEqualTo(events + 1);
        await().untilAsserted(() -> assertThat(redis.commands().get(RedisKeys.site(tenant.site())))
                .isEqualTo(tenant.id().toString()));
    }

    @Test
    void aComparisonFindsWhatIsMissingOldOrWrong() {
        var missing = register();
        var old = register();
        var wrong = register();
        var before = inPostgres(old);
        api.post("/tenants/" + old.slug() + "/deactivate", "{\"reason\":\"r\"}");
        // whoever has just changed is repaired by the mark of the change, and would not be found by the comparison
        awaitRepaired();
        repair.compare(_ -> {});

        redis.commands().del(RedisKeys.context(missing.id()), RedisKeys.context(old.id()));
        mirror.write(List.of(before));
        redis.commands().hset(RedisKeys.context(wrong.id()), "mac", "wrong");

        assertThat(repair.compare(_ -> {})).isEqualTo(3);

        assertThat(meters.get("tenancy.mirror.drift").gauge().value()).isEqualTo(3);
        for (var tenant : List.of(missing, old, wrong)) {
            assertThat(mirror.read(tenant.id())).isEqualTo(inPostgres(tenant));
        }
        assertThat(repair.compare(_ -> {})).isZero();
    }

    private void putAnotherKind(String key, String kind) {
        redis.commands().del(key);
        switch (kind) {
            case "string" -> redis.commands().set(key, "7");
            case "list" -> redis.commands().lpush(key, "7");
            case "set" -> redis.commands().sadd(key, "7");
            case "sorted set" -> redis.commands().zadd(key, 7, "7");
            default -> redis.commands().hset(key, "version", "7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "list", "set", "sorted set"})
    void aKeyOfAnotherKindIsTheLossOfItsTenantAlone(String kind) {
        var victim = register();
        var others = List.of(register(), register());
        var key = RedisKeys.context(victim.id());
        awaitRepaired();
        repair.compare(_ -> {});
        var events = foreignValues();

        putAnotherKind(key, kind);
        assertThat(mirror.read(victim.id())).isNull();
        assertThat(foreignValues()).isEqualTo(events + 1);
        await().untilAsserted(() -> assertThat(redis.commands().exists(key)).isZero());

        putAnotherKind(key, kind);
        others.forEach(tenant -> redis.commands().del(RedisKeys.context(tenant.id())));
        assertThat(repair.compare(_ -> {})).isEqualTo(3);
        assertThat(foreignValues()).isEqualTo(events + 2);
        assertThat(mirror.read(victim.id())).isEqualTo(inPostgres(victim));
        others.forEach(tenant -> assertThat(mirror.read(tenant.id())).isEqualTo(inPostgres(tenant)));

        putAnotherKind(key, kind);
        others.forEach(tenant -> redis.commands().del(RedisKeys.context(tenant.id())));
        others.forEach(tenant -> mark(tenant, UUID.randomUUID()));
        mark(victim, UUID.randomUUID());
        repair.repair(Duration.ofHours(-2));
        assertThat(foreignValues()).isEqualTo(events + 3);
        assertThat(marks(victim)).isEmpty();
        assertThat(mirror.read(victim.id())).isEqualTo(inPostgres(victim));
        others.forEach(tenant -> assertThat(mirror.read(tenant.id())).isEqualTo(inPostgres(tenant)));
    }

    @Test
    void aKeyOfAnotherKindDoesNotKeepTheOthersFromComingBackAfterAFlush() {
        var victim = register();
        var other = register();
        awaitRepaired();
        putAnotherKind(RedisKeys.context(victim.id()), "string");
        redis.commands().del(RedisKeys.MIRROR, RedisKeys.context(other.id()), RedisKeys.site(other.site()));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(redis.commands()
                                .exists(RedisKeys.MIRROR, RedisKeys.context(other.id()), RedisKeys.site(other.site())))
                        .isEqualTo(3));
        assertThat(mirror.read(victim.id())).isEqualTo(inPostgres(victim));
    }

    @ParameterizedTest
    @CsvSource({"missing, 0", "another, 1", "garbage, 1", "list, 1", "hash, 1"})
    void aComparisonPutsSitesRight(String wrong, int told) {
        var tenant = register();
        var another = register();
        var key = RedisKeys.site(tenant.site());
        awaitRepaired();
        repair.compare(_ -> {});
        var events = foreignValues();

        redis.commands().del(key);
        switch (wrong) {
            case "missing" -> {}
            case "another" -> redis.commands().set(key, another.id().toString());
            case "garbage" -> redis.commands().set(key, "");
            default -> putAnotherKind(key, wrong);
        }
        assertThat(repair.compare(_ -> {})).isEqualTo(1);

        assertThat(meters.get("tenancy.mirror.drift").gauge().value()).isEqualTo(1);
        assertThat(foreignValues()).isEqualTo(events + told);
        assertThat(redis.commands().get(key)).isEqualTo(tenant.id().toString());
        assertThat(repair.compare(_ -> {})).isZero();
    }

    @Test
    void aSiteOfAnotherKindIsAMiss() {
        var tenant = register();
        var key = RedisKeys.site(tenant.site());
        putAnotherKind(key, "list");
        var events = foreignValues();
        assertThat(resolve(tenant).text("/tenantId")).isEqualTo(tenant.slug());
        assertThat(foreignValues()).isEqualTo(events + 1);
        await().untilAsserted(() ->
                assertThat(redis.commands().get(key)).isEqualTo(tenant.id().toString()));
    }

    /** Marked from an hour on, so that no repair takes it meanwhile. */
    private void mark(Registered tenant, UUID mark) {
        owner.update(
                "insert into context_pending (tenant, mark, since) values (?, ?, now() + interval '1 hour')",
                tenant.id(),
                mark);
    }

    private List<UUID> marks(Registered tenant) {
        return owner.query(
                "select mark from context_pending where tenant = ?",
                (row, _) -> row.getObject("mark", UUID.class),
                tenant.id());
    }

    @Test
    void aChangeDuringARepairKeepsItsMark() {
        var tenant = register();
        awaitRepaired();
        var seen = UUID.randomUUID();
        mark(tenant, seen);

        api.post("/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"r\"}");

        assertThat(marks(tenant)).hasSize(1).doesNotContain(seen);
        pending.done(List.of(new PendingContexts.Pending(tenant.id(), seen)));
        assertThat(marks(tenant)).hasSize(1);
        pending.done(
                List.of(new PendingContexts.Pending(tenant.id(), marks(tenant).getFirst())));
        assertThat(marks(tenant)).isEmpty();
    }

    @Test
    void aRepairWritesWhatIsMarkedAndTakesTheMarkAway() {
        var tenant = register();
        awaitRepaired();
        mark(tenant, UUID.randomUUID());
        redis.commands().del(RedisKeys.context(tenant.id()));

        repair.repair(Duration.ofHours(-2));

        assertThat(mirror.read(tenant.id())).isEqualTo(inPostgres(tenant));
        assertThat(marks(tenant)).isEmpty();
    }

    private void awaitRepaired() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> pending.oldest(Duration.ZERO, 1).isEmpty());
    }

    @Test
    void comesBackByItselfAfterAFlush() {
        var tenant = register();
        redis.commands().flushall();
        assertThat(resolve(tenant).status()).isEqualTo(200);
        // with the tenants of all other tests
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(redis.commands()
                                .exists(
                                        RedisKeys.MIRROR,
                                        RedisKeys.context(tenant.id()),
                                        RedisKeys.site(tenant.site())))
                        .isEqualTo(3));
    }

    @Test
    void isMadeAnewOnCommand() {
        var tenant = register();
        redis.commands().del(RedisKeys.context(tenant.id()));
        var started = api.post("/context/mirror/rebuild", "{}");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        var operation = api.get("/operations/" + started.text("/operationId"), "Prefer", "wait=10");
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(api.get("/operations/" + started.text("/operationId"))
                                .text("/status"))
                        .as(operation.toString())
                        .isEqualTo("SUCCEEDED"));
        assertThat(mirror.read(tenant.id())).isEqualTo(inPostgres(tenant));
    }
}
