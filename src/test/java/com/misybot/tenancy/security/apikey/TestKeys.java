package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
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
        return issue(context, kind, new Authority(scopes(scopes), reach, List.of()))
                .secret()
                .value();
    }

    static ApiKeys.Issued issue(BeanFactory context, Actor.Kind kind, Authority authority) {
        var wanted = new ApiKeys.Wanted(null, "A test", ApiKey.Kind.valueOf(kind.name()), authority, null);
        return context.getBean(ApiKeys.class).issue(wanted, Cause.of(Actor.system("test")));
    }

    private static Set<AccessScope> scopes(String... scopes) {
        return scopes.length == 0
                ? AccessScope.all()
                : Arrays.stream(scopes)
                        .map(scope -> AccessScope.of(scope).orElseThrow())
                        .collect(Collectors.toSet());
    }
}
