package com.misybot.tenancy.security;

import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.Network;
import com.misybot.tenancy.security.jwt.IssuerUnavailableException;
import com.misybot.tenancy.web.ClientAddress;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Finds out who sends a request, from the {@code Authorization} header alone: a credential in a query string is none.
 */
final class Admission {

    private static final String SCHEME = "Bearer ";
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Callers callers;
    private final FailureLimit failures;

    Admission(Callers callers, FailureLimit failures) {
        this.callers = callers;
        this.failures = failures;
    }

    /**
     * The caller, or null where no credential was sent.
     *
     * @throws ProblemException 401 for every credential that is refused, alike; 403 from a network the caller may not come
     *     from; 429 after too many failures; 503 while the issuer of a token is away
     */
    @Nullable
    CallerAuthentication admit(HttpServletRequest request) {
        var headers = request.getHeaders(HttpHeaders.AUTHORIZATION);
        if (!headers.hasMoreElements()) {
            return null;
        }
        var header = headers.nextElement();
        if (headers.hasMoreElements() || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthenticated();
        }
        var token = header.substring(SCHEME.length()).strip();
        var address = ClientAddress.of(request);
        var found = keyHolder(token, address);
        requireNetwork(found.authority().networks(), address);
        return found;
    }

    private CallerAuthentication keyHolder(String token, String address) {
        var keyId = Token.claimedKeyId(token);
        keyId.flatMap(id -> failures.blocked(id, address)).ifPresent(wait -> {
            throw Problem.of(
                            SecurityProblem.TOO_MANY_FAILURES,
                            "This key failed ten times within a minute: correct the token, and wait before the next try.")
                    .retryAfter(wait.plusMillis(999))
                    .asException();
        });
        return caller(token).orElseThrow(() -> {
            keyId.ifPresent(id -> failures.failed(id, address));
            return unauthenticated();
        });
    }

    private Optional<CallerAuthentication> caller(String token) {
        try {
            return callers.with(token);
        } catch (IssuerUnavailableException e) {
            throw Problem.of(
                            SecurityProblem.ISSUER_UNAVAILABLE,
                            "The token cannot be checked without the keys of its issuer: try again in a moment.")
                    .retryAfter(RETRY)
                    .asException();
        }
    }

    private static void requireNetwork(List<Network> networks, String address) {
        if (!networks.isEmpty()) {
            var parsed = InetAddress.ofLiteral(address);
            if (networks.stream().noneMatch(network -> network.contains(parsed))) {
                throw new ProblemException(
                        SecurityProblem.NETWORK_NOT_ALLOWED,
                        "This credential is limited to certain networks: call from one of them.");
            }
        }
    }

    /** The one answer to a credential that is missing or refused. */
    static ProblemException unauthenticated() {
        return Problem.of(
                        WebProblem.UNAUTHENTICATED,
                        "Send a credential that is accepted: Authorization: Bearer …, an API key, a secret of a tenant or a token of the issuer.")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .asException();
    }
}
