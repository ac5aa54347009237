package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Tally;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Has counted what is no change and comes too often to be told of one by one: resolving, sessions, checks of secrets, documents,
 * and requests of nobody. How each ended is counted apart.
 */
public final class FrequentUse {

    private static final String CONTEXT = RestPaths.API + "/context";
    private static final String SESSIONS = RestPaths.API + "/sessions";
    private static final String VERIFY = RestPaths.API + "/secrets/verify";
    private static final String PROBE = RestPaths.API + "/isolation/probe";
    private static final String TENANTS = RestPaths.API + "/tenants/";

    /** Looked for once: a provider asks the container each time. */
    private final SingletonSupplier<Tally> tally;

    /** Counts nothing where there is nobody to count for. */
    public FrequentUse(ObjectProvider<Tally> tally) {
        this.tally = SingletonSupplier.ofNullable(tally::getIfAvailable);
    }

    /** Which kind of frequent use a path is of; null where it is none. */
    public static @Nullable String of(String path) {
        if (path.startsWith(CONTEXT)) {
            return "context";
        }
        if (path.startsWith(SESSIONS)) {
            return "sessions";
        }
        if (path.startsWith(TENANTS)) {
            var parts = path.substring(TENANTS.length()).split("/", 5);
            return parts.length > 1 && parts[1].equals("sessions")
                    ? "sessions"
                    : parts.length > 3 && parts[3].equals("documents") ? "documents" : null;
        }
        return path.equals(VERIFY) ? "secrets/verify" : path.equals(PROBE) ? "isolation/probe" : null;
    }

    /** Somebody who is known has been answered, about the tenant that the log knows of. */
    public void answered(HttpServletRequest request, HttpServletResponse response, Caller caller) {
        var use = of(request.getRequestURI());
        if (use != null) {
            var code = request.getAttribute(ProblemWriter.CODE);
            var outcome = code == null ? Integer.toString(response.getStatus()) : code;
            count(LogContext.tenant(), caller, request.getMethod() + " " + use + " " + outcome);
        }
    }

    /** Nobody has been let in. No trail of a tenant says so: whoever knows its name could write on it. */
    public void refused(ProblemException refusal) {
        count(null, null, refusal.problem().code().code());
    }

    private void count(@Nullable String tenantId, @Nullable Caller caller, String what) {
        var counting = tally.get();
        if (counting != null) {
            counting.count(tenantId, caller == null ? null : caller.actor(), what);
        }
    }
}
