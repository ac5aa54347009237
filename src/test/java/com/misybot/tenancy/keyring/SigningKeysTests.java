package com.misybot.tenancy.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.misybot.tenancy.LogLines;
import com.misybot.tenancy.MovableClock;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several instances in one process, on a clock that is moved over months. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class SigningKeysTests {

    private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
    private static final Duration CACHED_ELSEWHERE = Duration.ofMinutes(5);
    private static final Cause CAUSE = Cause.of(new Actor(Actor.Kind.OPERATOR, "anna"));

    /** The shortest times that are allowed. */
    private static final SigningSettings SHORT =
            new SigningSettings(Duration.ofDays(1), Duration.ofMinutes(10), Duration.ofMinutes(10));

    private final Keyring keyring;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final JdbcTemplate owner;
    private final SigningKeys ofTheService;
    private final SecureRandom random = new SecureRandom();
    private final MovableClock clock = MovableClock.running();
    private final List<Change> changes = Collections.synchronizedList(new ArrayList<>());

    SigningKeysTests(
            @Autowired Keyring keyring,
            @Autowired ScopedTransactions transactions,
            @Autowired JdbcClient jdbc,
            @Autowired @Qualifier("ownerDataSource") DataSource owner,
            @Autowired SigningKeys ofTheService) {
        this.keyring = keyring;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.owner = new JdbcTemplate(owner);
        this.ofTheService = ofTheService;
    }

    @BeforeEach
    @AfterEach
    void beginAnew() {
        owner.update("delete from signing_key");
        ofTheService.check();
    }

    @Test
    void theFirstStartMakesAKeyThatSignsAtOnce() {
        owner.update("delete from signing_key");
        var keys = instance(SHORT);
        keys.check();

        assertThat(keys.published()).containsExactly(keys.current());
        assertThat(Verification.verifies(
                        keys.current().publicKey(), MESSAGE, keys.current().sign(MESSAGE)))
                .isTrue();
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.type()).isEqualTo("signing_key.created");
            assertThat(change.subject()).isEqualTo(keys.current().keyId());
            assertThat(change.cause().actor()).hasToString("system:signing-keys");
        });
    }

    @Test
    void instancesThatStartAtOnceMakeOneKey() throws InterruptedException {
        owner.update("delete from signing_key");
        var instances = IntStream.range(0, 4).mapToObj(_ -> instance(SHORT)).toList();

        var starts = instances.stream()
                .map(keys -> Thread.ofVirtual().start(keys::check))
                .toList();
        for (var start : starts) {
            start.join();
        }

        assertThat(count()).isEqualTo(1);
        assertThat(instances).extracting(keys -> keys.current().keyId()).doesNotContainNull();
        assertThat(Set.copyOf(
                        instances.stream().map(keys -> keys.current().keyId()).toList()))
                .hasSize(1);
    }

    @Test
    void aRestartGoesOnWithTheSameKey() {
        var before = started(SHORT);
        var after = started(SHORT);

        assertThat(after.current().keyId()).isEqualTo(before.current().keyId());
        assertThat(Verification.verifies(
                        before.current().publicKey(), MESSAGE, after.current().sign(MESSAGE)))
                .isTrue();
    }

    @Test
    void noVerifierIsEverWithoutTheKey() {
        var one = started(SHORT);
        var other = started(SHORT);
        var signers = new LinkedHashSet<String>();

        for (var left = Duration.ofHours(75); left.isPositive(); left = left.minus(CACHED_ELSEWHERE)) {
            var fetched = kids(other.published());
            var signedBefore = one.current().keyId();
            clock.move(CACHED_ELSEWHERE);
            one.check();
            var signer = one.current().keyId();
            assertThat(fetched).as("what was fetched five minutes ago").contains(signer);
            // an instance that is late with its look
            assertThat(other.current().keyId()).isEqualTo(signer);
            other.check();
            assertThat(other.current().keyId()).isEqualTo(signer);
            assertThat(kids(other.published()))
                    .as("who signed five minutes ago")
                    .contains(signedBefore)
                    .hasSizeLessThanOrEqualTo(2);
            signers.add(signer);
        }

        assertThat(signers).hasSize(4);
        assertThat(changes).as("made by two instances together").hasSize(3);
        assertThat(owner.queryForObject("select count(*) from signing_key where sealed is not null", Long.class))
                .as("private keys that are not forgotten")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void aServiceThatWasAwayPublishesBeforeItSigns() {
        var before = started(SHORT).current().keyId();
        clock.move(Duration.ofDays(40));

        var keys = started(SHORT);

        assertThat(keys.current().keyId()).isEqualTo(before);
        assertThat(keys.published()).hasSize(2);
        clock.move(Duration.ofMinutes(10).plusSeconds(5));
        assertThat(keys.current().keyId()).isNotEqualTo(before);
        assertThat(kids(keys.published())).contains(before);
        clock.move(Duration.ofMinutes(10));
        assertThat(kids(keys.published())).as("by the clock alone").doesNotContain(before);
    }

    @Test
    void anOperatorMayHaveTheSuccessorMadeEarlier() {
        var keys = started(SHORT);
        var before = keys.current().keyId();

        var successor = keys.rotate(CAUSE).key().keyId();

        assertThat(keys.rotate(CAUSE).key().keyId()).as("one that waits").isEqualTo(successor);
        assertThat(keys.current().keyId()).isEqualTo(before);
        assertThat(kids(keys.published())).containsExactlyInAnyOrder(before, successor);
        clock.move(Duration.ofMinutes(11));
        assertThat(keys.current().keyId()).isEqualTo(successor);
        assertThat(changes)
                .filteredOn(change -> change.cause().equals(CAUSE))
                .singleElement()
                .satisfies(change -> assertThat(change.subject()).isEqualTo(successor));
    }

    @Test
    void anOperatorMayReplaceEveryKeyAtOnce() {
        var keys = started(SHORT);
        keys.rotate(CAUSE);

        var next = keys.replace(CAUSE).key().keyId();

        assertThat(keys.current().keyId()).isEqualTo(next);
        assertThat(kids(keys.published())).containsExactly(next);
        clock.move(Duration.ofHours(1));
        keys.check();
        assertThat(keys.current().keyId()).as("what waited").isEqualTo(next);
        assertThat(kids(keys.published())).containsExactly(next);
    }

    @Test
    void publishesNoKeyThatSomebodyElseWroteIntoTheTable() {
        var keys = started(SHORT);
        var real = keys.current().keyId();
        var foreign = SigningKey.make(random);
        try (var lines = LogLines.of("com.misybot.tenancy.keyring")) {
            plant(foreign.keyId(), foreign.publicBytes(), real);
            plant("A".repeat(43), foreign.publicBytes(), real);
            owner.update("update signing_key set public_key = ? where kid = ?", foreign.publicBytes(), real);
            var restarted = instance(SHORT);
            restarted.check();

            assertThat(kids(restarted.published())).containsExactly(real);
            assertThat(restarted.published()).extracting(SigningKey::publicKey).doesNotContain(foreign.publicKey());
            assertThat(lines.with("Security event")).hasSize(2);
        }
    }

    @Test
    void signsTheSameFromManyThreads() throws InterruptedException {
        var key = SigningKey.make(random);
        var signatures = Collections.synchronizedSet(new LinkedHashSet<List<Byte>>());

        var threads = IntStream.range(0, 64)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> signatures.add(boxed(key.sign(MESSAGE)))))
                .toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(signatures).hasSize(1);
    }

    @Test
    void refusesTimesThatLeaveVerifiersBehind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningSettings(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofDays(1)))
                .withMessageContaining("tenancy.keyring.signing.lifetime");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningSettings(Duration.ofDays(1), Duration.ofMinutes(9), Duration.ofDays(1)))
                .withMessageContaining("tenancy.keyring.signing.publish-ahead");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningSettings(Duration.ofDays(1), Duration.ofHours(13), Duration.ofDays(1)))
                .withMessageContaining("tenancy.keyring.signing.publish-ahead");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningSettings(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(9)))
                .withMessageContaining("tenancy.keyring.signing.keep");
    }

    private SigningKeys instance(SigningSettings settings) {
        return new SigningKeys(
                settings,
                keyring,
                new SigningKeyRows(jdbc),
                transactions,
                event -> changes.add((Change) event),
                random,
                clock);
    }

    private SigningKeys started(SigningSettings settings) {
        var keys = instance(settings);
        keys.check();
        return keys;
    }

    private void plant(String keyId, byte[] publicKey, String sealOf) {
        owner.update("""
                insert into signing_key (kid, public_key, sealed, created_at, created_by, active_from, retired_at, expires_at)
                select ?, ?, sealed, created_at, created_by, active_from, now() + interval '1 day', now() + interval '2 days'
                from signing_key where kid = ?
                """, keyId, publicKey, sealOf);
    }

    private long count() {
        return Objects.requireNonNull(owner.queryForObject("select count(*) from signing_key", Long.class));
    }

    private static Set<String> kids(List<SigningKey> keys) {
        return keys.stream().map(SigningKey::keyId).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Byte> boxed(byte[] bytes) {
        return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
    }
}
