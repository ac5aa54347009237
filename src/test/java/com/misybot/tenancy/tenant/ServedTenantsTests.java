package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ServedTenantsTests {

    private static final Cause CAUSE = Cause.of(new Actor(Actor.Kind.OPERATOR, "ops-anna"));

    private final ConfigurableApplicationContext context;
    private final Api api;
    private final ServedTenants served;
    private final TenantService tenants;
    private final JdbcTemplate owner;

    ServedTenantsTests(
            ConfigurableApplicationContext context,
            ServedTenants served,
            TenantService tenants,
            @Qualifier("ownerDataSource") DataSource owner) {
        this.context = context;
        this.api = Api.operator(context);
        this.served = served;
        this.tenants = tenants;
        this.owner = new JdbcTemplate(owner);
    }

    @Test
    void tellsWhatServingATenantNeeds() {
        var id = register("""
                "siteId":"%1$s-web","allowedOrigins":["https://b.%1$s.example","https://*.%1$s.example"],
                "permissions":["knowledge.read","chat.reply"],"labels":{"tier":"gold"},"region":"us-east"
                """, "\"locale\":\"de-DE\",\"timeZone\":\"Europe/Berlin\"");
        owner.update(
                "update tenant set limit_overrides = '{\"sessions\": 7, \"sessionIdle\": \"PT5M\"}' where id = ?", id);

        var found = byId(id);
        var slug = found.tenantId().value();
        assertThat(found.siteId()).isEqualTo(new SiteId(slug + "-web"));
        assertThat(served.bySite(List.of(found.siteId(), new SiteId("no-site-of-anybody"))))
                .containsExactly(found);
        assertThat(found.status()).isEqualTo(TenantStatus.ACTIVE);
        assertThat(found.plan()).isEqualTo("standard");
        assertThat(found.region()).isEqualTo("us-east");
        assertThat(found.origins()).containsExactly("https://b." + slug + ".example", "https://*." + slug + ".example");
        assertThat(found.permissions()).containsExactly("chat.reply", "knowledge.read");
        assertThat(found.locale()).isEqualTo("de-DE");
        assertThat(found.timeZone()).isEqualTo("Europe/Berlin");
        assertThat(found.labels()).isEqualTo(Map.of("tier", "gold"));
        assertThat(found.limits())
                .isEqualTo(new Limits(
                        200,
                        400,
                        100,
                        30,
                        7,
                        50,
                        Duration.ofMinutes(5),
                        Duration.ofHours(24),
                        20,
                        100_000,
                        1_000_000_000));
        assertThat(found.contextVersion()).isEqualTo(2);
        assertThat(found.sessionEpoch()).isZero();
    }

    @Test
    void findsSeveralAndLeavesOutWhomThereIsNot() {
        var one = register("\"permissions\":[]", null);
        var other = register("\"permissions\":[]", null);
        assertThat(served.byId(List.of(one, other, UUID.randomUUID())))
                .extracting(ServedTenant::id)
                .containsExactlyInAnyOrder(one, other);
        assertThat(served.byId(List.of())).isEmpty();
        assertThat(served.bySite(List.of())).isEmpty();
    }

    @Test
    void sharesWhatTenantsHaveInCommon() {
        var members = "\"permissions\":[\"chat.reply\"],\"labels\":{\"tier\":\"gold\"}";
        var one = byId(register(members, null));
        var other = byId(register(members, null));
        assertThat(one.limits()).isSameAs(other.limits());
        assertThat(one.permissions()).isSameAs(other.permissions());
        assertThat(one.labels()).isSameAs(other.labels());
        assertThat(one.plan()).isSameAs(other.plan());
        assertThat(one.region()).isSameAs(other.region());
    }

    @Test
    void leavesOutWhoIsPurged() {
        var id = register("\"permissions\":[]", null);
        var site = byId(id).siteId();
        owner.update("update tenant set status = 'PURGED' where id = ?", id);
        assertThat(served.byId(List.of(id))).isEmpty();
        assertThat(served.bySite(List.of(site))).isEmpty();
        assertThat(all(50)).doesNotContain(id);
    }

    @Test
    void enumeratesEveryTenantOnce() {
        var expected = new HashSet<UUID>();
        for (var i = 0; i < 5; i++) {
            expected.add(register("\"permissions\":[]", null));
        }
        var seen = all(2);
        assertThat(seen).doesNotHaveDuplicates().containsAll(expected);
        assertThatThrownBy(() -> served.enumerate(null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsSessionsWithoutMovingTheVersion() {
        var id = register("\"permissions\":[]", null);
        var before = byId(id);
        var told = new ArrayList<Change>();
        ApplicationListener<?> listener =
                ApplicationListener.forPayload((java.util.function.Consumer<Change>) told::add);
        context.addApplicationListener(listener);
        try {
            assertThat(tenants.endSessions(id, CAUSE)).isEqualTo(before.contextVersion() + 1);
        } finally {
            context.removeApplicationListener(listener);
        }
        var after = byId(id);
        assertThat(after.sessionEpoch()).isEqualTo(before.sessionEpoch() + 1);
        assertThat(after.contextVersion()).isEqualTo(before.contextVersion() + 1);
        assertThat(api.get("/tenants/" + before.tenantId()).header("ETag")).isEqualTo("\"2\"");
        assertThat(told)
                .filteredOn(change -> change.tenant().equals(id))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.type()).isEqualTo("sessions.ended");
                    assertThat(change.fields()).containsOnlyKeys("sessionEpoch");
                    assertThat(change.cause()).isEqualTo(CAUSE);
                });
    }

    private ServedTenant byId(UUID id) {
        return served.byId(List.of(id)).getFirst();
    }

    private List<UUID> all(int step) {
        var all = new ArrayList<UUID>();
        List<ServedTenant> part;
        do {
            part = served.enumerate(all.isEmpty() ? null : all.getLast(), step);
            part.forEach(tenant -> all.add(tenant.id()));
        } while (part.size() == step);
        assertThat(Scope.isBound()).isFalse();
        return all;
    }

    private UUID register(String members, @Nullable String business) {
        var slug = freeSlug();
        var created = api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"Acme\"%s},%s}"
                        .formatted(slug, business == null ? "" : "," + business, members.formatted(slug)));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return UUID.fromString(created.text("/id"));
    }
}
