package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.RestPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Refuses whoever says of every media type of the answer that it is not accepted: {@code q=0}, which Spring takes for little. */
final class AcceptCheck implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Collection<?> types
                && request.getRequestURI().startsWith(RestPaths.API + "/")) {
            var accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
            if (accept.stream().anyMatch(text -> text.contains("q=0") || text.contains("Q=0"))) {
                require(
                        accept,
                        types.stream()
                                .filter(MediaType.class::isInstance)
                                .map(MediaType.class::cast)
                                .toList());
            }
        }
        return true;
    }

    private static void require(List<String> accept, List<MediaType> types) throws HttpMediaTypeNotAcceptableException {
        try {
            var ranges = MediaType.parseMediaTypes(accept);
            if (types.stream().noneMatch(type -> isAccepted(type, ranges))) {
                throw new HttpMediaTypeNotAcceptableException(types);
            }
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(String.valueOf(e.getMessage()));
        }
    }

    /** The range that names it most closely decides (RFC 9110, section 12.5.1). */
    private static boolean isAccepted(MediaType type, List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparing((MediaType range) -> !range.isWildcardType())
                        .thenComparing(range -> !range.isWildcardSubtype()))
                .map(range -> range.getQualityValue() > 0)
                .orElse(false);
    }
}
