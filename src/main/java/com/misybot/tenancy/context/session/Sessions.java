package com.misybot.tenancy.context.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.misybot.tenancy.context.KnownTenant;
import com.misybot.tenancy.context.KnownTenants;
import com.misybot.tenancy.context.limit.Rate;
import com.misybot.tenancy.context.limit.RateLimits;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.IfMatch;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The sessions of all tenants, found by token or by tenant and id. Every answer is Redis's of this moment: sessions are kept nowhere
 * else, not even for a second. What is known of the tenant is a second old at most.
 */
@Service
public class Sessions {

    /** How long a change of any version is tried while others are faster. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** The longest pause after the first try that was in vain; twice as long after each, six times. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final SessionStore store;
    private final SessionIndex index;
    private final SessionTokens tokens;
    private final KnownTenants tenants;
    private final SessionMetrics metrics;
    private final RateLimits limits;
    private final SecureRandom random;
    private final Clock clock;

    Sessions(
            SessionStore store,
            SessionIndex index,
            SessionTokens tokens,
            KnownTenants tenants,
            SessionMetrics metrics,
            RateLimits limits,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.index = index;
        this.tokens = tokens;
        this.tenants = tenants;
        this.metrics = metrics;
        this.limits = limits;
        this.random = random;
        this.clock = clock;
    }

    /** A session that was found by its token, and the tenant it belongs to. */
    public record Introspected(LiveSession live, KnownTenant tenant) {}

    /**
     * The session that a text opens, whose idle time begins anew; null for whatever opens none within reach, for whatever
     * reason.
     *
     * @throws com.misybot.tenancy.web.ProblemException 501 {@code sessions_off}, 503 {@code unavailable}
     */
    public @Nullable Introspected introspect(String text, Reach reach) {
        store.requireOn();
        var token = Token.parse(text).orElse(null);
        var key = token == null || token.kind() != Token.Kind.SESSION
                ? null
                : TenantKeyId.parse(token.keyId()).orElse(null);
        var found = token == null || key == null ? null : opened(token, key, reach);
        (found == null ? metrics.inactive : metrics.active).increment();
        return found;
    }

    private @Nullable Introspected opened(Token token, TenantKeyId key, Reach reach) {
        var hash = tokens.hash(token);
        var asked = clock.instant();
        var read = store.read(key, () -> tenants.byId(key.tenant()));
        var session = read.session();
        var tenant = read.other();
        var now = clock.instant();
        var opens = session != null
                && MessageDigest.isEqual(hash.getBytes(US_ASCII), session.hash().getBytes(US_ASCII));
        if (session == null || tenant == null || !opens || !isLive(session, tenant, now) || !tenant.isWithin(reach)) {
            return null;
        }
        limits.require(tenant, Rate.INTROSPECT);
        return new Introspected(new LiveSession(session, store.extend(session, asked.plus(read.left()), now)), tenant);
    }

    /** A context may be a second old: a session of a later epoch than it knows was started after it. */
    private static boolean isLive(Session session, KnownTenant tenant, Instant now) {
        return tenant.status() == TenantStatus.ACTIVE
                && session.epoch() >= tenant.sessionEpoch()
                && now.isBefore(session.endsAt());
    }

    /**
     * The live session of a tenant with this id; its idle time runs on.
     *
     * @throws com.misybot.tenancy.web.ProblemException 404 {@code unknown_session}, 501 {@code sessions_off}, 503
     *     {@code unavailable}
     */
    public LiveSession find(UUID tenant, String id) {
        store.requireOn();
        var known = tenants.byId(tenant);
        if (known != null && TenantKeyId.isRecord(id)) {
            var now = clock.instant();
            var live = store.read(tenant, id, now);
            if (live != null && isLive(live.session(), known, now)) {
                return live;
            }
        }
        throw SessionProblem.unknown();
    }

    /**
     * What a session shall be.
     *
     * @param subject who it is about
     * @param attributes a JSON object as text
     */
    public record Content(@Nullable String subject, String attributes) {}

    /** A session as it is after a change, and the token that opens it where that is a new one. */
    public record Updated(LiveSession live, @Nullable OneTimeSecret token) {}

    /**
     * Changes a session. Who it is about decides what it may do: with another subject it has another token, and the one before is
     * dead at once.
     *
     * @param next what it shall be, from what it is; refuses with 400
     * @param ifMatch the version that is changed, looked at after that
     * @throws com.misybot.tenancy.web.ProblemException 412, or for any version 409 {@code session_busy}
     */
    public Updated update(UUID tenant, String id, Function<LiveSession, Content> next, IfMatch ifMatch) {
        var began = System.nanoTime();
        var round = 0;
        do {
            var live = find(tenant, id);
            var session = live.session();
            var content = next.apply(live);
            ifMatch.require(session.version());
            var sameSubject = Objects.equals(content.subject(), session.subject());
            if (sameSubject && content.attributes().equals(session.attributes())) {
                return new Updated(live, null);
            }
            var token = sameSubject ? null : Token.issue(Token.Kind.SESSION, keyOf(session), random);
            var hash = token == null ? session.hash() : tokens.hash(token);
            var after = session.next(hash, content.subject(), content.attributes());
            if (store.replace(after)) {
                metrics.changed.increment();
                return new Updated(new LiveSession(after, live.expiresAt()), token == null ? null : token.secret());
            }
        } while (goesOn(began, round++));
        throw SessionProblem.busy();
    }

    /** Whether to try again after somebody else was faster, which only a change of any version does more than once. */
    private boolean goesOn(long began, int round) {
        LockSupport.parkNanos(random.nextLong(PAUSE.toNanos() << Math.min(round, 6)));
        return System.nanoTime() - began < LONGEST.toNanos();
    }

    private static String keyOf(Session session) {
        return new TenantKeyId(session.tenant(), session.id()).text();
    }

    /** Ends a session at this version. */
    public void end(UUID tenant, String id, IfMatch ifMatch) {
        var began = System.nanoTime();
        var round = 0;
        do {
            var session = find(tenant, id).session();
            ifMatch.require(session.version());
            if (store.end(session)) {
                metrics.ended.increment();
                return;
            }
        } while (goesOn(began, round++));
        throw SessionProblem.busy();
    }

    /** How many live sessions a tenant has. */
    public long count(UUID tenant) {
        store.requireOn();
        var known = tenants.byId(tenant);
        return known == null ? 0 : index.count(tenant, known.sessionEpoch(), clock.instant());
    }

    /** A place in the list of a tenant's sessions, and the session there; null where it has just ended. */
    public record Listed(long expiry, String id, @Nullable LiveSession live) {}

    /**
     * The next sessions of a tenant, those that expire first before the others.
     *
     * @param afterExpiry expiry and {@code afterId} of the last place before; both null begin
     */
    public List<Listed> list(UUID tenant, @Nullable Long afterExpiry, @Nullable String afterId, int limit) {
        store.requireOn();
        var known = tenants.byId(tenant);
        if (known == null) {
            return List.of();
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var after = afterExpiry == null || afterId == null ? null : new SessionIndex.Position(afterExpiry, afterId);
        var places = index.next(tenant, known.sessionEpoch(), now, after, limit);
        var lives = store.readAll(
                tenant, places.stream().map(SessionIndex.Position::id).toList(), now);
        var listed = new java.util.ArrayList<Listed>();
        for (var i = 0; i < places.size(); i++) {
            var live = lives.get(i);
            listed.add(new Listed(
                    places.get(i).expiry(),
                    places.get(i).id(),
                    live != null && isLive(live.session(), known, now) ? live : null));
        }
        return listed;
    }
}
