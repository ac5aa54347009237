package com.misybot.tenancy.security.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
@RecordApplicationEvents
class ApiKeyRowsTests {

    private static final Authority ALL = new Authority(AccessScope.all(), Reach.all(), List.of());
    private static final Cause CAUSE = new Cause(new Actor(Actor.Kind.OPERATOR, "anna"), "because", "T-1");

    private final ApplicationContext context;
    private final ApiKeys keys;
    private final KeyCheck check;
    private final LastUse lastUse;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;

    ApiKeyRowsTests(
            ApplicationContext context,
            ApiKeys keys,
            KeyCheck check,
            LastUse lastUse,
            ScopedTransactions transactions,
            JdbcClient jdbc) {
        this.context = context;
        this.keys = keys;
        this.check = check;
        this.lastUse = lastUse;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void workForATenantSeesAndMakesNoKeys() {
        TestKeys.operator(context);
        var tenant = Scope.tenant(UUID.randomUUID());

        var seen = transactions.read(
                tenant,
                () -> jdbc.sql("select count(*) from api_key").query(Long.class).single());
        assertThat(seen).isZero();
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(
                        () -> transactions.change(tenant, () -> jdbc.sql("""
                        insert into api_key (key_id, principal, name, kind, scopes, reach_tenants, reach_labels, reach_plans,
                            reach_regions, networks, hash, created_at, created_by)
                        values ('000000000000', 'thief', 'x', 'OPERATOR', '{erase}', '{}', '{}', '{}', '{}', '{}',
                            decode(repeat('00', 32), 'hex'), now(), 'x')
                        """).update()))
                .havingRootCause()
                .withMessageContaining("row-level security");
    }

    @Test
    void noRoleChangesWhatAKeyMayDo() {
        for (var scope : List.of(Scope.platform(), Scope.platformRows())) {
            for (var column : List.of("scopes", "hash", "principal", "reach_tenants", "networks", "kind")) {
                assertThatExceptionOfType(DataAccessException.class)
                        .as(scope + " " + column)
                        .isThrownBy(() -> transactions.change(
                                scope,
                                () -> jdbc.sql("update api_key set " + column + " = " + column)
                                        .update()))
                        .havingRootCause()
                        .withMessageContaining("permission denied");
            }
        }
    }

    @Test
    void keepsNoTokenOnlyItsKeyedHash() {
        var issued = TestKeys.issue(context, Actor.Kind.OPERATOR, ALL);
        var random = issued.secret().value().substring(21, 48);

        var row = transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select api_key::text || encode(hash, 'escape') from api_key where key_id = ?")
                        .param(issued.key().keyId())
                        .query(String.class)
                        .single());
        assertThat(row).contains(issued.key().keyId()).doesNotContain(random);
    }

    @Test
    void aHashFitsNoOtherKey() {
        var one = TestKeys.issue(context, Actor.Kind.OPERATOR, ALL);
        var other = Token.issue(Token.Kind.OPERATOR, one.key().keyId(), new SecureRandom());

        assertThat(check.check(Token.parse(one.secret().value()).orElseThrow())).isPresent();
        assertThat(check.check(other)).isEmpty();
    }

    @Test
    void tellsEachChange(ApplicationEvents events) {
        var wanted = new ApiKeys.Wanted(null, "Told", ApiKey.Kind.SERVICE, ALL, null);
        var key = keys.create(wanted, ALL, CAUSE).key();
        keys.rotate(key.keyId(), Duration.ZERO, null, ALL, null, CAUSE);
        keys.revoke(key.keyId(), ALL, null, CAUSE);
        keys.revoke(key.keyId(), ALL, null, CAUSE);

        assertThat(events.stream(Change.class).filter(change -> change.subject().equals(key.keyId())))
                .extracting(Change::type)
                .containsExactly("api_key.created", "api_key.rotated", "api_key.revoked");
        assertThat(events.stream(Change.class)).allSatisfy(change -> {
            assertThat(change.tenant()).isEqualTo(Scope.NIL);
            assertThat(change.cause()).isEqualTo(CAUSE);
            assertThat(change.fields()).isNotEmpty();
        });
    }

    @Test
    void writesTheLastUseOnceAMinute() {
        var key = TestKeys.issue(
                context, Actor.Kind.SERVICE, new Authority(Set.of(AccessScope.ERASE), Reach.all(), List.of()));
        var keyId = key.key().keyId();
        var token = Token.parse(key.secret().value()).orElseThrow();
        assertThat(keys.read(keyId, Reach.all()).lastUsedAt()).isNull();

        check.check(token);
        lastUse.write();
        var first = keys.read(keyId, Reach.all());
        check.check(token);
        lastUse.write();
        var second = keys.read(keyId, Reach.all());

        assertThat(first.lastUsedAt()).isAfterOrEqualTo(first.createdAt());
        assertThat(first.version()).isEqualTo(1);
        assertThat(second).isEqualTo(first);
    }
}
