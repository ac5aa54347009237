package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.AddressedResource;
import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.PercentEncoding;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;

/** Sees to it that what does not exist is 404, whatever else was wrong with the request. */
final class NotFoundFirst {

    private static final Logger LOG = LoggerFactory.getLogger(NotFoundFirst.class);

    private static final Set<HttpStatus> AFTER_NOT_FOUND = Set.of(
            HttpStatus.METHOD_NOT_ALLOWED,
            HttpStatus.NOT_ACCEPTABLE,
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            HttpStatus.PRECONDITION_REQUIRED,
            HttpStatus.BAD_REQUEST);

    private final ObjectProvider<AddressedResource> resources;

    NotFoundFirst(ObjectProvider<AddressedResource> resources) {
        this.resources = resources;
    }

    Problem inOrder(HttpServletRequest request, Problem problem) {
        var caller = Callers.of(request);
        var isMissing = caller != null
                && AFTER_NOT_FOUND.contains(problem.code().status())
                && isMissing(caller, request.getRequestURI());
        return isMissing ? Problem.of(WebProblem.NOT_FOUND, "Nothing has this name.") : problem;
    }

    private boolean isMissing(Caller caller, String uri) {
        if (!uri.startsWith(RestPaths.API + "/")) {
            return false;
        }
        var segments = Arrays.stream(uri.substring(RestPaths.API.length() + 1).split("/", -1))
                .map(PercentEncoding::decode)
                .toList();
        return segments.stream().allMatch(java.util.Objects::nonNull) && isMissing(caller, segments);
    }

    private boolean isMissing(Caller caller, List<String> segments) {
        try {
            return resources.stream().anyMatch(resource -> resource.isMissing(caller, segments));
        } catch (RuntimeException e) {
            LOG.debug("Whether the resource exists could not be found out", e);
            return false;
        }
    }
}
