package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Caller;
import java.util.List;

/**
 * Tells whether the resource that a path addresses exists for a caller. A request for what does not exist is answered 404
 * whatever else is wrong with it (its body, its If-Match, its method), so the module that owns a resource offers a bean of this
 * type. It is asked only when a request is about to be refused with 400, 405, 406, 415 or 428.
 */
@FunctionalInterface
public interface AddressedResource {

    /**
     * Whether there is no such thing for this caller.
     *
     * @param caller who asks
     * @param path segments of the path after {@link RestPaths#API}, decoded, such as {@code [tenants, acme, suspend]}
     * @return false also where the path addresses nothing of this module
     */
    boolean isMissing(Caller caller, List<String> path);
}
