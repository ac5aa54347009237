package com.misybot.tenancy.operation.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.operation.Following;
import com.misybot.tenancy.operation.Operation;
import com.misybot.tenancy.operation.OperationProblem;
import com.misybot.tenancy.operation.OperationSettings;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.web.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows operations as server-sent events (HTML, section 9.2): an event {@code operation} with the whole of it for each
 * version, whose id is the version; a comment where there is nothing to tell for a while, which also finds out that the
 * client has gone; the end with the end of the operation. A client that comes back after that is told 204, which stops an
 * {@code EventSource} from coming again.
 *
 * <p>It writes on the virtual thread of the request: a slow client holds up itself alone, and nothing has to be authenticated
 * twice in one request.
 */
final class OperationEvents {

    private static final Logger LOG = LoggerFactory.getLogger(OperationEvents.class);
    private static final Duration COME_BACK_IN = Duration.ofSeconds(2);

    private final Operations operations;
    private final JsonMapper json;
    private final OperationSettings settings;
    private final Semaphore places;

    OperationEvents(Operations operations, JsonMapper json, OperationSettings settings) {
        this.operations = operations;
        this.json = json;
        this.settings = settings;
        this.places = new Semaphore(settings.maxFollowers());
    }

    void stream(UUID id, Caller caller, @Nullable String lastEventId, HttpServletResponse response)
            throws InterruptedException {
        var seen = version(lastEventId);
        try (var following = operations.follow(id)) {
            var operation = operations.find(id, caller);
            if (operation.status().hasEnded() && operation.version() == seen) {
                response.setStatus(HttpStatus.NO_CONTENT.value());
                return;
            }
            if (following.isOver() || !places.tryAcquire()) {
                throw Problem.of(
                                OperationProblem.TOO_MANY_FOLLOWERS,
                                "This instance follows as many operations as it can: come back, or ask with Prefer: wait=N.")
                        .retryAfter(COME_BACK_IN)
                        .asException();
            }
            try {
                begin(response);
                follow(operation, seen, following, response);
            } catch (IOException gone) {
                LOG.debug("A follower of operation {} has gone: {}", id, gone.getMessage());
            } finally {
                places.release();
            }
        }
    }

    private void follow(Operation first, long seen, Following following, HttpServletResponse response)
            throws IOException, InterruptedException {
        var until = System.nanoTime() + settings.followLimit().toNanos();
        var last = seen;
        Operation news = first.version() > seen ? first : null;
        while (true) {
            if (news != null) {
                write(response, event(news));
                last = news.version();
                if (news.status().hasEnded()) {
                    return;
                }
            }
            var left = Duration.ofNanos(until - System.nanoTime());
            if (following.isOver() || !left.isPositive()) {
                return;
            }
            var patience = left.compareTo(settings.heartbeatInterval()) < 0 ? left : settings.heartbeatInterval();
            news = following.next(last, patience);
            if (news == null) {
                write(response, ":\n\n");
            }
        }
    }

    private static void begin(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(UTF_8);
        response.setHeader("Cache-Control", "no-store");
        // Proxies of the nginx family hold a stream back otherwise
        response.setHeader("X-Accel-Buffering", "no");
        write(response, "retry: " + COME_BACK_IN.toMillis() + "\n\n");
    }

    private String event(Operation operation) {
        return "id: " + operation.version() + "\nevent: operation\ndata: "
                + json.writeValueAsString(OperationResponse.from(operation)) + "\n\n";
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        var out = response.getOutputStream();
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** A version; 0 for what is none, so that the stream begins with the present state. */
    private static long version(@Nullable String lastEventId) {
        return lastEventId != null && lastEventId.matches("[0-9]{1,18}") ? Long.parseLong(lastEventId) : 0;
    }
}
