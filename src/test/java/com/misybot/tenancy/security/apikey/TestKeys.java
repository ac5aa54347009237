package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import com.misybot.tenancy.security.access.Network;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;

/**
 * Real API keys for tests of every module: {@code .header("Authorization", "Bearer " + TestKeys.operator(context))}. Each call
 * makes a new key with a principal of its own.
 */
public final class TestKeys {

    private static final Cause TESTING = Cause.of(Actor.system("test"));

    private TestKeys() {}

    /** A key of an operator with these scopes, or with every scope where none is named. */
    public static String operator(BeanFactory context, String... scopes) {
        return limited(context, Actor.Kind.OPERATOR, Reach.all(), scopes);
    }

    /** A key of a platform service with these scopes, or with every scope where none is named. */
    public static String service(BeanFactory context, String... scopes) {
        return limited(context, Actor.Kind.SERVICE, Reach.all(), scopes);
    }

    /** A key that reaches only these tenants. */
    public static String limited(BeanFactory context, Actor.Kind kind, Reach reach, String... scopes) {
        return issue(context, kind, new Authority(scopes(scopes), reach, List.of(), Set.of(Audience.ANY)))
                .secret()
                .value();
    }

    /** A key of an operator that may come from these networks only. */
    public static String from(BeanFactory context, String... networks) {
        var from = Arrays.stream(networks).map(Network::parse).toList();
        return issue(context, Actor.Kind.OPERATOR, new Authority(AccessScope.all(), Reach.all(), from))
                .secret()
                .value();
    }

    /** A key of a platform service with every scope that may ask signed contexts for these audiences only. */
    public static String addressing(BeanFactory context, String... audiences) {
        var authority = new Authority(AccessScope.all(), Reach.all(), List.of(), Set.of(audiences));
        return issue(context, Actor.Kind.SERVICE, authority).secret().value();
    }

    /** A key of an operator that is past its end. */
    public static String expired(BeanFactory context) {
        var past = Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.MICROS);
        var wanted = new ApiKeys.Wanted(null, "A test", ApiKey.Kind.OPERATOR, everything(), past);
        return context.getBean(ApiKeys.class).issue(wanted, TESTING).secret().value();
    }

    /** A key of an operator that was revoked. */
    public static String revoked(BeanFactory context) {
        var issued = issue(context, Actor.Kind.OPERATOR, everything());
        context.getBean(ApiKeys.class).revoke(issued.key().keyId(), everything(), null, TESTING);
        return issued.secret().value();
    }

    private static Authority everything() {
        return new Authority(AccessScope.all(), Reach.all(), List.of(), Set.of(Audience.ANY));
    }

    static ApiKeys.Issued issue(BeanFactory context, Actor.Kind kind, Authority authority) {
        var wanted = new ApiKeys.Wanted(null, "A test", ApiKey.Kind.valueOf(kind.name()), authority, null);
        return context.getBean(ApiKeys.class).issue(wanted, TESTING);
    }

    private static Set<AccessScope> scopes(String... scopes) {
        return scopes.length == 0
                ? AccessScope.all()
                : Arrays.stream(scopes)
                        .map(scope -> AccessScope.of(scope).orElseThrow())
                        .collect(Collectors.toSet());
    }
}
