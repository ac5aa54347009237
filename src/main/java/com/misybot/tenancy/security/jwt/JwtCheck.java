package com.misybot.tenancy.security.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.keyring.Base62;
import com.misybot.tenancy.security.access.Accepted;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells whether a JWT (RFC 7519, read as RFC 8725 wants it) is one of the configured issuer, made for this service: signed
 * with a key of the issuer by an asymmetric algorithm, of type {@code JWT} or {@code at+jwt} (RFC 9068) or of none, with this
 * audience and not expired. The principal is a hash of {@code iss} and {@code sub}, which no API key can have.
 */
@Component
public class JwtCheck {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final int LONGEST = 8_192;
    private static final int PRINCIPAL_BYTES = 16;
    private static final int PRINCIPAL_DIGITS = 22;

    private final JwtSettings settings;
    private final Clock clock;
    private final @Nullable DefaultJWTProcessor<SecurityContext> processor;

    JwtCheck(JwtSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.processor = settings.issuer() == null ? null : processor(new IssuerKeys(settings.issuer(), clock));
    }

    private DefaultJWTProcessor<SecurityContext> processor(IssuerKeys keys) {
        var made = new DefaultJWTProcessor<SecurityContext>();
        made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        made.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        settings.audience(),
                        new JWTClaimsSet.Builder()
                                .issuer(String.valueOf(settings.issuer()))
                                .build(),
                        Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
        made.setJWTClaimsSetVerifier(claims);
        return made;
    }

    /** Whether a text is worth a check: an issuer is configured and the text looks like a signed JWT. */
    public boolean isCandidate(String token) {
        return processor != null
                && token.length() <= LONGEST
                && token.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * Checks a token, once. Empty where it is refused, whatever for.
     *
     * @throws IssuerUnavailableException where the issuer's keys are needed and cannot be had
     */
    public Optional<Accepted> check(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            return processor == null || !isOurs(jwt)
                    ? Optional.empty()
                    : Optional.of(accepted(processor.process(jwt, null)));
        } catch (RateLimitReachedException e) {
            return Optional.empty();
        } catch (KeySourceException e) {
            throw new IssuerUnavailableException(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** Keeps foreign tokens from having the issuer asked for its keys. */
    private boolean isOurs(SignedJWT jwt) throws ParseException {
        return ALGORITHMS.contains(jwt.getHeader().getAlgorithm())
                && String.valueOf(settings.issuer())
                        .equals(jwt.getJWTClaimsSet().getIssuer());
    }

    private Accepted accepted(JWTClaimsSet claims) {
        var scopes = granted(claims).collect(Collectors.toSet());
        var authority = new Authority(scopes, Reach.all(), List.of());
        var actor = new Actor(Actor.Kind.OPERATOR, principal(claims.getIssuer(), claims.getSubject()));
        return new Accepted(
                new Caller(actor, AccessScope.words(scopes), authority.reach()),
                authority,
                Duration.between(clock.instant(), claims.getExpirationTime().toInstant())
                        .plus(settings.clockSkew()));
    }

    private Stream<AccessScope> granted(JWTClaimsSet claims) {
        return words(claim(claims.getClaims(), settings.scopeClaim()))
                .flatMap(word -> settings.scopes().getOrDefault(word, Set.of()).stream());
    }

    private static @Nullable Object claim(Map<?, ?> claims, String path) {
        var dot = path.indexOf('.');
        if (claims.containsKey(path) || dot < 0) {
            return claims.get(path);
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? claim(inner, path.substring(dot + 1))
                : null;
    }

    private static Stream<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Arrays.stream(text.split(" ", -1));
            case Collection<?> values -> values.stream().map(String::valueOf);
            case null, default -> Stream.empty();
        };
    }

    private static String principal(String issuer, String subject) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var first = issuer.getBytes(UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(first.length).flip());
            digest.update(first);
            var hash = digest.digest(subject.getBytes(UTF_8));
            return "jwt:" + Base62.encode(Arrays.copyOf(hash, PRINCIPAL_BYTES), PRINCIPAL_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
