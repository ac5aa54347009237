package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WebProblem;
import java.net.URI;
import java.util.UUID;

/**
 * Whose webhooks a request is about.
 *
 * @param tenant the nil UUID for the platform
 * @param path where they are
 */
record WebhookOwner(UUID tenant, String path) {

    /** Where the platform's are. */
    static final String PLATFORM = RestPaths.API + "/webhooks";

    /**
     * The platform, on behalf of an operator for whom no tenant is out of reach: its webhooks are told of every tenant's events.
     *
     * @throws ProblemException 403
     */
    static WebhookOwner platform(Caller caller) {
        if (!caller.reach().isAll() || caller.actor().kind() != Actor.Kind.OPERATOR) {
            throw new ProblemException(
                    WebProblem.FORBIDDEN,
                    "Webhooks of the platform are told of every tenant's events: they are for operators whose key reaches all.");
        }
        return new WebhookOwner(Scope.NIL, PLATFORM);
    }

    Scope scope() {
        return Scope.tenant(tenant);
    }

    URI of(UUID webhook) {
        return URI.create(path + "/" + webhook);
    }
}
