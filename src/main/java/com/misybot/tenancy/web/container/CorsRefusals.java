package com.misybot.tenancy.web.container;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemWriter;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Refuses what CORS refuses as everything else is refused. */
final class CorsRefusals extends DefaultCorsProcessor {

    private final ProblemWriter writer;

    CorsRefusals(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var allowed = super.processRequest(configuration, request, response);
        if (!allowed) {
            writer.write(
                    request,
                    response,
                    Problem.of(
                            WebProblem.FORBIDDEN,
                            "Pages of this origin may not call the API: name it in tenancy.web.cors-origins."));
        }
        return allowed;
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) {
        // The problem above says so.
    }
}
