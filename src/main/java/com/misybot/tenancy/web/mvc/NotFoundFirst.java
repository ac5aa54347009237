package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.AddressedResource;
import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.PercentEncoding;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    private final RouteWords words;

    NotFoundFirst(ObjectProvider<AddressedResource> resources, RouteWords words) {
        this.resources = resources;
        this.words = words;
    }

    Problem inOrder(HttpServletRequest request, Problem problem) {
        var caller = Callers.of(request);
        if (caller == null || !AFTER_NOT_FOUND.contains(problem.code().status())) {
            return problem;
        }
        return Objects.requireNonNullElse(missing(caller, request), problem);
    }

    private @Nullable Problem missing(Caller caller, HttpServletRequest request) {
        var uri = request.getRequestURI();
        if (!uri.startsWith(RestPaths.API + "/")) {
            return null;
        }
        var segments = Arrays.stream(uri.substring(RestPaths.API.length() + 1).split("/", -1))
                .map(PercentEncoding::decode)
                .toList();
        return segments.stream().allMatch(Objects::nonNull) ? missing(caller, words.blank(request, segments)) : null;
    }

    private @Nullable Problem missing(Caller caller, List<String> segments) {
        try {
            resources.forEach(resource -> resource.require(caller, segments));
            return null;
        } catch (ProblemException refused) {
            return refused.problem().code().status() == HttpStatus.NOT_FOUND ? refused.problem() : null;
        } catch (RuntimeException e) {
            LOG.debug("Whether the resource exists could not be found out", e);
            return null;
        }
    }
}
