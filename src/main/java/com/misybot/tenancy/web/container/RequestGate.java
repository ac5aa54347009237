package com.misybot.tenancy.web.container;

import com.misybot.tenancy.web.ClientAddress;
import com.misybot.tenancy.web.PercentEncoding;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemWriter;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses before anybody works what no handler could read, and says where the request comes from. */
final class RequestGate extends OncePerRequestFilter {

    /** Name, value and the four characters around them of all headers together. */
    static final int HEADER_BYTES = 8 * 1024;

    private final ProblemWriter writer;
    private final TrustedProxies proxies;

    RequestGate(ProblemWriter writer, TrustedProxies proxies) {
        this.writer = writer;
        this.proxies = proxies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ClientAddress.keep(request, proxies.clientOf(request));
        var problem = refusal(request);
        if (problem == null) {
            chain.doFilter(request, response);
        } else {
            writer.write(request, response, problem);
        }
    }

    private static @Nullable Problem refusal(HttpServletRequest request) {
        if (headerBytes(request) > HEADER_BYTES) {
            return Problem.of(WebProblem.HEADERS_TOO_LARGE, "Send at most 8 KB of headers.");
        }
        if (isNotText(request.getRequestURI()) || isNotText(request.getQueryString())) {
            return Problem.of(
                    WebProblem.MALFORMED_REQUEST,
                    "Path and query are percent-encoded UTF-8 without NUL: encode them again.");
        }
        return null;
    }

    private static boolean isNotText(@Nullable String encoded) {
        if (encoded == null) {
            return false;
        }
        var text = PercentEncoding.decode(encoded);
        return text == null || text.indexOf('\0') >= 0;
    }

    private static int headerBytes(HttpServletRequest request) {
        var bytes = 0;
        var names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            var name = names.nextElement();
            var values = request.getHeaders(name);
            while (values.hasMoreElements()) {
                bytes += name.length() + values.nextElement().length() + 4;
            }
        }
        return bytes;
    }
}
