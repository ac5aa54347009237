package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import java.util.List;
import java.util.UUID;

/** Makes the collections of a template. Both methods join a transaction in the scope of the tenant. */
public interface TemplateCollections {

    /**
     * Names of those that a tenant does not have yet.
     *
     * @param most how many collections it may have
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code quota_exceeded} where it would have more with them
     */
    List<String> missing(UUID tenant, PlanTemplate template, long most);

    /**
     * Makes those that a tenant does not have yet, and leaves those it has as they are.
     *
     * @return the names of those that were made
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code quota_exceeded} where its limit does not allow them
     */
    List<String> make(UUID tenant, PlanTemplate template, Cause cause);
}
