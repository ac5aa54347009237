package com.misybot.tenancy.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.audit.ChainCheck.Why;
import com.misybot.tenancy.audit.Verification.Kept;
import com.misybot.tenancy.audit.Verification.Part;
import com.misybot.tenancy.embedded.Administrator;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Whatever the administrator of the database does to a trail, behind the triggers that refuse it, is found. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class AuditMutationTests {

    private static final int ENTRIES = 9;
    private static final Cause CAUSE = Cause.of(Actor.system("test"));

    private final JdbcTemplate administrator;
    private final Verification verification;
    private final Checkpoints checkpoints;
    private final Api api;

    AuditMutationTests(
            ApplicationContext context, Environment environment, Verification verification, Checkpoints checkpoints) {
        this.administrator = Administrator.of(environment);
        this.verification = verification;
        this.checkpoints = checkpoints;
        this.api = Api.operator(context);
    }

    /** A tenant with nine entries, and checkpoints at the third and at the sixth. */
    private UUID tenant() {
        var slug = Api.freeSlug();
        var id = UUID.fromString(api.post("/tenants", Api.tenant(slug)).text("/id"));
        // after its registration and its provisioning
        for (var i = 3; i <= ENTRIES; i++) {
            var answer = api.patch("/tenants/" + slug, "{\"labels\":{\"n\":\"%d\"}}".formatted(i), "If-Match", "*");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            if (i == 3 || i == 6) {
                checkpoints.take(id, CAUSE);
            }
        }
        return id;
    }

    /** Without triggers, which even an administrator has to switch off first. */
    private void change(String sql, UUID tenant) {
        administrator.execute("set local session_replication_role = replica; "
                + (sql.contains(":other") ? sql.replace(":other", "'" + tenant() + "'") : sql)
                        .replace(":t", "'" + tenant + "'"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        edited action       | HASH     | 4 | update audit_entry set action = 'tenant.created' where tenant = :t and seq = 4
        edited actor        | HASH     | 1 | update audit_entry set actor_id = 'somebody' where tenant = :t and seq = 1
        absent reason       | HASH     | 2 | update audit_entry set reason = '' where tenant = :t and seq = 2
        edited details      | DETAILS  | 5 | update audit_entry set details = replace(details, '"4"', '"5"') where tenant = :t and seq = 5
        edited digest       | HASH     | 5 | update audit_entry set details_digest = sha256('x') where tenant = :t and seq = 5
        one microsecond     | HASH     | 7 | update audit_entry set at = at + interval '1 microsecond' where tenant = :t and seq = 7
        middle removed      | SEQUENCE | 5 | delete from audit_entry where tenant = :t and seq = 5
        beginning removed   | SEQUENCE | 1 | delete from audit_entry where tenant = :t and seq <= 3
        closed up           | HASH     | 5 | delete from audit_entry where tenant = :t and seq = 5; update audit_entry set seq = 5, previous = (select hash from audit_entry where tenant = :t and seq = 4) where tenant = :t and seq = 6
        tail cut            | TAIL_MISSING | 5 | delete from audit_entry where tenant = :t and seq >= 5
        all gone            | TAIL_MISSING | 1 | delete from audit_entry where tenant = :t
        swapped             | PREVIOUS | 4 | update audit_entry set seq = 99 where tenant = :t and seq = 4; update audit_entry set seq = 4 where tenant = :t and seq = 5; update audit_entry set seq = 5 where tenant = :t and seq = 99
        duplicated          | PREVIOUS | 10 | insert into audit_entry select tenant, 10, at, change, actor_kind, actor_id, key_id, network, action, resource, outcome, reason, ticket, request_id, details, details_digest, checkpoint, previous, hash from audit_entry where tenant = :t and seq = 9
        spliced             | PREVIOUS | 4 | delete from audit_entry where tenant = :t and seq = 4; insert into audit_entry select :t, 4, at, change, actor_kind, actor_id, key_id, network, action, resource, outcome, reason, ticket, request_id, details, details_digest, checkpoint, previous, hash from audit_entry where tenant = :other and seq = 4
        checkpoint removed  | CHECKPOINT_MISSING | 7 | delete from audit_checkpoint where tenant = :t and seq = 6
        first one removed   | CHECKPOINT_MISSING | 4 | delete from audit_checkpoint where tenant = :t and seq = 3
        all removed         | CHECKPOINT_MISSING | 4 | delete from audit_checkpoint where tenant = :t
        checkpoint edited   | CHECKPOINT_FORGED | 6 | update audit_checkpoint set at = at + interval '1 microsecond' where tenant = :t and seq = 6
        foreign checkpoint  | CHECKPOINT_FORGED | 6 | update audit_checkpoint set mac = sha256('x') where tenant = :t and seq = 6
        sealed by hand      | CHECKPOINT_FORGED | 3 | update audit_checkpoint set sealed = true where tenant = :t and seq = 3; delete from audit_entry where tenant = :t and seq < 3
        another checkpoint  | CHECKPOINT_FORGED | 3 | update audit_checkpoint c set hash = e.hash from audit_entry e where c.tenant = :t and c.seq = 3 and e.tenant = :t and e.seq = 4
        """)
    void findsWhatWasDone(String what, Why why, long seq, String sql) {
        var tenant = tenant();
        assertThat(verification.verify(tenant, Part.WHOLE).fault()).isNull();
        change(sql, tenant);
        var verdict = verification.verify(tenant, Part.WHOLE);
        assertThat(verdict.fault()).as(what).isNotNull().satisfies(fault -> {
            assertThat(fault.why()).isEqualTo(why);
            assertThat(fault.seq()).isEqualTo(seq);
        });
    }

    @Test
    void findsAChainThatWasRewrittenWithRightHashes() {
        var tenant = tenant();
        rewrite(tenant);
        assertThat(verification.verify(tenant, Part.WHOLE).fault()).isNotNull().satisfies(fault -> {
            assertThat(fault.why()).isEqualTo(Why.CHECKPOINT_DIFFERS);
            assertThat(fault.seq()).isEqualTo(3);
        });
    }

    @Test
    void findsARewrittenChainWithoutCheckpointsByTheReadersOwn() {
        var tenant = tenant();
        var kept = requireNonNull(checkpoints.take(tenant, CAUSE));
        rewrite(tenant);
        change(
                "delete from audit_checkpoint where tenant = :t; update audit_entry set checkpoint = 0 where tenant = :t",
                tenant);
        rewrite(tenant);
        assertThat(verification.verify(tenant, Part.WHOLE).fault()).isNull();
        var part = new Part(1, Long.MAX_VALUE, new Kept(kept.seq(), kept.hash()));
        assertThat(verification.verify(tenant, part).fault())
                .isNotNull()
                .satisfies(fault -> assertThat(fault.why()).isEqualTo(Why.READERS_CHECKPOINT));
    }

    @Test
    void findsACutTailByTheReadersOwnCheckpoint() {
        var tenant = tenant();
        var kept = requireNonNull(checkpoints.take(tenant, CAUSE));
        var part = new Part(1, Long.MAX_VALUE, new Kept(kept.seq(), kept.hash()));
        assertThat(verification.verify(tenant, part).fault()).isNull();
        change(
                "delete from audit_checkpoint where tenant = :t and seq > 6; delete from audit_entry where tenant = :t and seq > 7",
                tenant);
        assertThat(verification.verify(tenant, Part.WHOLE).fault()).isNull();
        assertThat(verification.verify(tenant, part).fault())
                .isNotNull()
                .satisfies(fault -> assertThat(fault.why()).isEqualTo(Why.READERS_CHECKPOINT));
    }

    @Test
    void followsAChainWhoseDetailsWereShredded() {
        var tenant = tenant();
        change("update audit_entry set details = null where tenant = :t and seq in (2, 3)", tenant);
        var verdict = verification.verify(tenant, Part.WHOLE);
        assertThat(verdict.fault()).isNull();
        assertThat(verdict.check().entries()).isEqualTo(ENTRIES);
        assertThat(verdict.check().shredded()).isEqualTo(2);
    }

    @Test
    void looksAtAPartAlone() {
        var tenant = tenant();
        change("update audit_entry set action = 'x' where tenant = :t and seq = 2", tenant);
        assertThat(verification.verify(tenant, new Part(4, 8, null))).satisfies(verdict -> {
            assertThat(verdict.fault()).isNull();
            assertThat(verdict.check().first()).isEqualTo(4);
            assertThat(verdict.check().last()).isEqualTo(8);
        });
        assertThat(verification.verify(tenant, new Part(1, 3, null)).fault()).isNotNull();
        change("delete from audit_entry where tenant = :t and seq = 3", tenant);
        assertThat(verification.verify(tenant, new Part(4, 8, null)).fault()).isNotNull();
    }

    @Test
    void nobodyChangesOrEmptiesIt() {
        var tenant = tenant();
        for (var sql : new String[] {
            "update audit_entry set reason = 'x' where tenant = '" + tenant + "'",
            "delete from audit_entry where tenant = '" + tenant + "'",
            "truncate audit_entry",
            "truncate audit_entry_3",
            "update audit_entry_5 set reason = 'x'",
            "update audit_checkpoint set seq = 1",
            "truncate audit_checkpoint"
        }) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> administrator.execute(sql)))
                    .as(sql)
                    .rootCause()
                    .hasMessageContaining(sql.startsWith("delete") ? "below a sealed checkpoint" : "only added to");
        }
    }

    /** Changes an entry and computes every hash anew, as somebody does who can read {@code docs/audit.md}. */
    private void rewrite(UUID tenant) {
        var chain = administrator.query(
                "select seq from audit_entry where tenant = ? order by seq", (row, _) -> row.getLong(1), tenant);
        var previous = new byte[Digests.LENGTH];
        for (var seq : chain) {
            change("update audit_entry set reason = 'rewritten' where tenant = :t and seq = " + seq, tenant);
            var entry = new EntryRows(JdbcClient.create(administrator), administrator)
                    .from(tenant, seq, 1)
                    .getFirst();
            var hash = Digests.entry(
                    tenant, seq, entry.checkpoint(), previous, Digests.body(entry.entry(), entry.detailsDigest()));
            change(
                    "update audit_entry set previous = '\\x%s', hash = '\\x%s' where tenant = :t and seq = %d"
                            .formatted(hex(previous), hex(hash), seq),
                    tenant);
            previous = hash;
        }
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
