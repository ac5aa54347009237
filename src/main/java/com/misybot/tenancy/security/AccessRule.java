package com.misybot.tenancy.security;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a route.
 *
 * @param scope the scope of access it takes; empty where it takes none
 * @param kinds the kinds of callers
 */
record AccessRule(String scope, Set<Access.Kind> kinds) {

    /** Anybody may. */
    static final AccessRule OPEN = new AccessRule("", Set.of(Access.Kind.PUBLIC));

    /** Whoever has a credential may. */
    static final AccessRule ANY_CALLER =
            new AccessRule("", Set.of(Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT));

    /** Whoever has a credential with this scope may. */
    static AccessRule anyCallerWith(String scope) {
        return new AccessRule(scope, ANY_CALLER.kinds());
    }

    static AccessRule of(Access access) {
        return new AccessRule(access.scope(), Set.of(access.callers()));
    }

    boolean isPublic() {
        return kinds.contains(Access.Kind.PUBLIC);
    }

    /**
     * Lets a caller pass, or says why not.
     *
     * @throws ProblemException 401 without a caller, 403 where the caller is not allowed this
     */
    void require(@Nullable Caller caller) {
        if (isPublic()) {
            return;
        }
        if (caller == null) {
            throw Admission.unauthenticated();
        }
        if (!kinds.contains(kind(caller.actor().kind()))) {
            var allowed = kinds.stream()
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new ProblemException(
                    WebProblem.FORBIDDEN, "This is not for this kind of caller, but for: " + allowed + ".");
        }
        if (!scope.isEmpty() && !caller.scopes().contains(scope)) {
            throw Problem.of(WebProblem.FORBIDDEN, "This needs a credential with the scope " + scope + ".")
                    .with("scope", scope)
                    .asException();
        }
    }

    private static Access.@Nullable Kind kind(Actor.Kind kind) {
        return switch (kind) {
            case OPERATOR -> Access.Kind.OPERATOR;
            case SERVICE -> Access.Kind.SERVICE;
            case TENANT -> Access.Kind.TENANT;
            case SYSTEM -> null;
        };
    }
}
