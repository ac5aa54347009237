package com.misybot.tenancy.context.session;

import com.misybot.tenancy.context.ContextResolver;
import com.misybot.tenancy.context.KnownTenant;
import com.misybot.tenancy.context.KnownTenants;
import com.misybot.tenancy.context.limit.QuotaNotice;
import com.misybot.tenancy.context.session.SessionStore.Bounds;
import com.misybot.tenancy.credential.SecretCheck;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.Quota;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Starts sessions: for a page that may talk for a tenant, or for whoever shows a secret of it. */
@Service
public class SessionStarts {

    private static final int MOST_DRAWS = 5;

    private final ContextResolver contexts;
    private final KnownTenants tenants;
    private final SecretCheck secrets;
    private final SessionStore store;
    private final SessionTokens tokens;
    private final ClientAddresses addresses;
    private final SessionMetrics metrics;
    private final QuotaNotice notice;
    private final SecureRandom random;
    private final Clock clock;

    SessionStarts(
            ContextResolver contexts,
            KnownTenants tenants,
            SecretCheck secrets,
            SessionStore store,
            SessionTokens tokens,
            ClientAddresses addresses,
            SessionMetrics metrics,
            QuotaNotice notice,
            SecureRandom random,
            Clock clock) {
        this.contexts = contexts;
        this.tenants = tenants;
        this.secrets = secrets;
        this.store = store;
        this.tokens = tokens;
        this.addresses = addresses;
        this.metrics = metrics;
        this.notice = notice;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What a new session shall be.
     *
     * @param content whom it is about and what is remembered of it
     * @param idle how long it lives without use; null for as long as the tenant allows
     * @param lifetime how long it lives at most; null likewise
     * @param client where the client is
     */
    public record Wanted(
            Sessions.Content content,
            @Nullable Duration idle,
            @Nullable Duration lifetime,
            InetAddress client) {

        /** Reads the address of a client, which is never looked up as a name. */
        public static InetAddress address(String text) {
            return ClientAddresses.parse(text);
        }
    }

    private record Ground(
            KnownTenant tenant,
            Assurance assurance,
            @Nullable String secretId) {}

    /** Starts a session for a page, which is refused as {@link ContextResolver#resolve} refuses it. */
    public StartedSession onOrigin(SiteId site, String origin, Wanted wanted, Reach reach) {
        store.requireOn();
        return start(new Ground(contexts.resolve(site, origin, reach), Assurance.ORIGIN, null), wanted);
    }

    /**
     * Starts a session on a secret of a tenant.
     *
     * @throws ProblemException 403 {@code secret_refused} for whatever is no secret of an active tenant within reach
     */
    public StartedSession onSecret(String secret, Wanted wanted, Reach reach) {
        store.requireOn();
        var verified =
                secrets.check(secret).filter(one -> one.isWithin(reach)).orElseThrow(SessionProblem::secretRefused);
        var tenant = tenants.byId(verified.tenant());
        if (tenant == null || tenant.status() != TenantStatus.ACTIVE) {
            throw SessionProblem.secretRefused();
        }
        return start(new Ground(tenant, Assurance.SECRET, verified.secretId()), wanted);
    }

    private StartedSession start(Ground ground, Wanted wanted) {
        var tenant = ground.tenant();
        var limits = tenant.limits();
        requireWithin(limits, wanted);
        var bounds = new Bounds(
                addresses.network(tenant.id(), wanted.client()), limits.sessionStartsPerMinute(), limits.sessions());
        for (var draw = 0; draw < MOST_DRAWS; draw++) {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var key = TenantKeyId.issue(tenant.id(), random);
            var token = Token.issue(Token.Kind.SESSION, key.text(), random);
            var lifetime = wanted.lifetime() == null ? limits.sessionLifetime() : wanted.lifetime();
            var session = new Session(
                    tenant.id(),
                    key.record(),
                    1,
                    tokens.hash(token),
                    ground.assurance(),
                    ground.secretId(),
                    wanted.content().subject(),
                    wanted.content().attributes(),
                    tenant.sessionEpoch(),
                    now,
                    wanted.idle() == null ? limits.sessionIdle() : wanted.idle(),
                    now.plus(lifetime),
                    addresses.hash(tenant.id(), wanted.client()));
            var start = store.start(session, now, bounds);
            switch (start.outcome()) {
                case STARTED -> {
                    metrics.started.increment();
                    notice.counted(tenant.id(), SessionUsage.LIMIT, start.live(), limits.sessions());
                    return new StartedSession(
                            new LiveSession(session, session.expiryFrom(now)), tenant, token.secret());
                }
                case TOO_MANY_STARTS -> throw refused(SessionProblem.tooManyStarts(start.pause()));
                case TOO_MANY_LIVE -> {
                    metrics.refused.increment();
                    Quota.require(SessionUsage.LIMIT, bounds.live() + 1L, bounds.live());
                }
                case ID_TAKEN -> {
                    // another is drawn
                }
            }
        }
        throw new IllegalStateException("Every id that was drawn was taken");
    }

    private ProblemException refused(ProblemException why) {
        metrics.refused.increment();
        return why;
    }

    private static void requireWithin(Limits limits, Wanted wanted) {
        var beyond = new ArrayList<FieldError>();
        requireWithin("/idle", wanted.idle(), limits.sessionIdle(), beyond);
        requireWithin("/lifetime", wanted.lifetime(), limits.sessionLifetime(), beyond);
        if (!beyond.isEmpty()) {
            throw new ProblemException(
                    SessionProblem.BEYOND_LIMITS,
                    beyond.size() == 1
                            ? beyond.getFirst().detail()
                            : "Neither idle nor lifetime is within the tenant's limits: see errors.",
                    beyond);
        }
    }

    private static void requireWithin(
            String pointer, @Nullable Duration asked, Duration most, List<FieldError> beyond) {
        if (asked != null && asked.compareTo(most) > 0) {
            beyond.add(new FieldError(pointer, FieldError.RANGE, "The tenant allows at most " + most + "."));
        }
    }
}
