package com.misybot.tenancy.context;

import static com.misybot.tenancy.Api.freeSlug;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.context.mirror.Mirror;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.context.redis.RedisEars;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.ServedTenants;
import com.misybot.tenancy.tenant.TenantStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Redis has an older context than PostgreSQL, as a replica that lags does, or one that was restored. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutdatedContextTests {

    private final Api api;
    private final KnownTenants known;
    private final ServedTenants served;
    private final String url;
    private final Supplier<KnownTenants> instances;
    private final JdbcTemplate owner;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private TestRedisClient redis;

    OutdatedContextTests(
            ApplicationContext context,
            KnownTenants known,
            Mirror mirror,
            RedisDoor door,
            RedisEars ears,
            ServedTenants served,
            ContextJson json,
            ContextSettings settings,
            @Qualifier("ownerDataSource") DataSource owner,
            @Value("${spring.data.redis.url}") String url) {
        this.api = Api.operator(context);
        this.known = known;
        this.served = served;
        this.url = url;
        this.owner = new JdbcTemplate(owner);
        this.instances = () -> {
            var instance = new KnownTenants(mirror, door, served, json, settings, () -> 0);
            var _ = new HeardChanges(ears, instance, List.of());
            return instance;
        };
        ears.hear(RedisKeys.CHANGED, heard::add);
    }

    @BeforeAll
    void connect() {
        redis = new TestRedisClient(url);
    }

    @AfterAll
    void close() {
        redis.close();
    }

    private record Suspended(UUID id, Map<String, String> before, ServedTenant now) {}

    /** Suspended, while Redis has it as it was before. */
    private Suspended suspended() {
        var slug = freeSlug();
        var id = UUID.fromString(api.post("/tenants", Api.tenant(slug)).text("/id"));
        var before = redis.commands().hgetall(RedisKeys.context(id));
        var answer = api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"r\"}");
        assertThat(answer.header("Misy-Propagation")).isEqualTo("done");
        // nothing brings Redis the present context after that
        await().atMost(Duration.ofSeconds(30)).until(() -> marks(id) == 0);
        var suspended = new Suspended(id, before, served.byId(List.of(id)).getFirst());
        putBack(suspended);
        return suspended;
    }

    /** An instance that has heard of nothing, and whose second does not pass. */
    private KnownTenants other() {
        var last = UUID.randomUUID().toString();
        redis.commands().publish(RedisKeys.CHANGED, last);
        await().until(() -> heard.contains(last));
        return instances.get();
    }

    private int marks(UUID tenant) {
        return owner.queryForList("select 1 from context_pending where tenant = ?", tenant)
                .size();
    }

    private void putBack(Suspended tenant) {
        redis.commands().hset(RedisKeys.context(tenant.id()), tenant.before());
    }

    private void tell(UUID tenant, long version) {
        redis.commands().publish(RedisKeys.CHANGED, tenant + ":" + version);
    }

    private static TenantStatus status(KnownTenants instance, UUID tenant) {
        return requireNonNull(instance.byId(tenant)).status();
    }

    @Test
    void whoMadeTheChangeBelievesNothingOlderFromRedis() {
        var tenant = suspended();
        known.forget(tenant.id());
        assertThat(status(known, tenant.id())).isEqualTo(TenantStatus.SUSPENDED);
    }

    @Test
    void whoHeardOfTheChangeForgetsWhatItKnewAndBelievesNothingOlderFromRedis() {
        var tenant = suspended();
        var other = other();
        assertThat(status(other, tenant.id())).as("nobody has told it").isEqualTo(TenantStatus.ACTIVE);
        assertThat(status(other, tenant.id())).isEqualTo(TenantStatus.ACTIVE);

        tell(tenant.id(), tenant.now().contextVersion());

        await().untilAsserted(() -> assertThat(status(other, tenant.id())).isEqualTo(TenantStatus.SUSPENDED));
    }

    @Test
    void anOlderMessageThatComesLateChangesNothing() {
        var tenant = suspended();
        var last = suspended();
        var other = other();
        assertThat(status(other, last.id())).isEqualTo(TenantStatus.ACTIVE);
        tell(tenant.id(), tenant.now().contextVersion());
        tell(tenant.id(), tenant.now().contextVersion() - 1);
        tell(tenant.id(), 0);
        tell(last.id(), last.now().contextVersion());
        await().until(() -> status(other, last.id()) == TenantStatus.SUSPENDED);

        other.forget(tenant.id());
        putBack(tenant);

        assertThat(status(other, tenant.id())).isEqualTo(TenantStatus.SUSPENDED);
    }

    @Test
    void whatIsNoMessageChangesNothing() {
        var tenant = suspended();
        var last = suspended();
        var other = other();
        assertThat(status(other, tenant.id())).isEqualTo(TenantStatus.ACTIVE);
        assertThat(status(other, last.id())).isEqualTo(TenantStatus.ACTIVE);
        for (var odd : List.of(
                "",
                ":",
                "x:1",
                tenant.id() + ":",
                tenant.id() + ":x",
                tenant.id().toString())) {
            redis.commands().publish(RedisKeys.CHANGED, odd);
        }
        tell(last.id(), last.now().contextVersion());
        await().until(() -> status(other, last.id()) == TenantStatus.SUSPENDED);
        assertThat(status(other, tenant.id())).isEqualTo(TenantStatus.ACTIVE);
    }
}
