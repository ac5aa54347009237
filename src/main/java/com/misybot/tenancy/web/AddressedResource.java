package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Caller;
import java.util.List;
import java.util.function.Function;

/**
 * Looks for the resource that a path addresses. A request for what does not exist is answered 404 whatever else is wrong with
 * it (its body, its If-Match, its method), so the module that owns a resource offers a bean of this type. It is asked only
 * when a request is about to be refused with 400, 405, 406, 415 or 428, and refuses as a read of the resource does.
 */
@FunctionalInterface
public interface AddressedResource {

    /**
     * Looks for the resource; does nothing where the path addresses nothing of this module.
     *
     * @param caller who asks
     * @param path segments of the path after {@link RestPaths#API}, decoded, such as {@code [tenants, acme, suspend]}
     * @throws ProblemException 404 where there is no such thing for this caller
     */
    void require(Caller caller, List<String> path);

    /**
     * The name in a segment of a path, as its type.
     *
     * @param type raises {@link IllegalArgumentException} for what is no such name
     * @throws ProblemException 404 for what is no such name
     */
    static <T> T name(String segment, Function<String, T> type) {
        try {
            return type.apply(segment);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(WebProblem.NOT_FOUND, "Nothing has this name.");
        }
    }
}
