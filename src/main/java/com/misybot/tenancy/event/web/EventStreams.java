package com.misybot.tenancy.event.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.event.EventProblem;
import com.misybot.tenancy.event.EventSettings;
import com.misybot.tenancy.event.feed.Feed;
import com.misybot.tenancy.event.feed.FeedEvent;
import com.misybot.tenancy.event.feed.Following;
import com.misybot.tenancy.event.feed.Lane;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events: a page, all there are as lines, or what comes as server-sent events (HTML, section 9.2), whose ids are cursors. It
 * writes on the virtual thread of the request: a slow client holds up itself alone.
 */
@Component
class EventStreams {

    static final String NDJSON = "application/x-ndjson";

    /** What 410 says. */
    static final String GONE = "Some events after the cursor are no longer kept.";

    /** Most events of a page. */
    static final int MOST = 1_000;

    static final int DEFAULT = 100;

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    /** How many events one page looks at to find one that is wanted. */
    private static final int LOOKED_AT = 10_000;

    private static final int BATCH = 500;

    private final Feed feed;
    private final EventSettings settings;
    private final JsonMapper json;

    EventStreams(Feed feed, EventSettings settings, JsonMapper json) {
        this.feed = feed;
        this.settings = settings;
        this.json = json;
    }

    EventPage page(Lane lane, @Nullable Integer limit) {
        var most = limit == null ? DEFAULT : limit;
        if (most < 1 || most > MOST) {
            throw ProblemException.invalid(
                    FieldError.query("limit", FieldError.RANGE, "limit is a whole number from 1 to " + MOST + "."));
        }
        List<JsonNode> items = new ArrayList<>();
        var lookedAt = 0;
        Lane.Part part;
        do {
            part = lane.read(most);
            part.events().forEach(event -> items.add(json.readTree(event.json())));
            lookedAt += most;
        } while (items.isEmpty() && !part.complete() && lookedAt < LOOKED_AT);
        return new EventPage(items, lane.cursor(), !part.complete());
    }

    /** All there are. What fails before the first batch is there is answered as a problem; what fails later breaks the connection off. */
    void lines(Lane lane, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(NDJSON);
            return;
        }
        var part = lane.read(BATCH);
        response.setContentType(NDJSON);
        var out = response.getOutputStream();
        while (true) {
            for (var event : part.events()) {
                out.write(line(event, lane.cursor(event)));
            }
            out.flush();
            if (part.complete()) {
                return;
            }
            part = lane.read(BATCH);
        }
    }

    /**
     * What comes, until the client goes, the time is up or the service stops.
     *
     * @param tenant whose client it is, where it is a tenant's
     */
    void follow(Lane lane, @Nullable UUID tenant, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        try (var following = feed.follow(lane, tenant)) {
            var first = following.next(Duration.ZERO); // a problem, where there is one, comes before the stream
            begin(response);
            follow(first, following, response);
        } catch (IOException gone) {
            LOG.debug("A follower of events has gone: {}", gone.getMessage());
        }
    }

    private void follow(List<FeedEvent> first, Following following, HttpServletResponse response)
            throws IOException, InterruptedException {
        var until = System.nanoTime() + settings.followLimit().toNanos();
        var told = System.nanoTime();
        var events = first;
        while (!following.isOver() && System.nanoTime() < until) {
            if (!events.isEmpty()) {
                write(response, events, following);
                told = System.nanoTime();
            }
            var patience = settings.heartbeatInterval().toNanos() - (System.nanoTime() - told);
            if (patience <= 0) {
                // an id without data is kept by the client and tells its program nothing
                write(response, ("id: " + following.cursor() + "\n\n").getBytes(US_ASCII));
                told = System.nanoTime();
                patience = settings.heartbeatInterval().toNanos();
            }
            try {
                events = following.next(Duration.ofNanos(Math.min(patience, Math.max(1, until - System.nanoTime()))));
            } catch (ProblemException goneMeanwhile) {
                return; // its client comes back with its last id and is told
            }
        }
    }

    private static void begin(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(UTF_8);
        response.setHeader("Cache-Control", "no-store");
        // Proxies of the nginx family hold a stream back otherwise
        response.setHeader("X-Accel-Buffering", "no");
        write(response, ("retry: " + EventProblem.COME_BACK_IN.toMillis() + "\n\n").getBytes(US_ASCII));
    }

    private static void write(HttpServletResponse response, List<FeedEvent> events, Following following)
            throws IOException {
        var text = new ByteArrayOutputStream();
        for (var event : events) {
            text.writeBytes(("id: " + following.cursor(event) + "\nevent: "
                            + event.event().type() + "\ndata: ")
                    .getBytes(US_ASCII));
            text.writeBytes(event.json());
            text.write('\n');
            text.write('\n');
        }
        write(response, text.toByteArray());
    }

    private static void write(HttpServletResponse response, byte[] text) throws IOException {
        var out = response.getOutputStream();
        out.write(text);
        out.flush();
    }

    /** An event with its cursor, as the last member of the object. */
    private static byte[] line(FeedEvent event, String cursor) {
        var line = new ByteArrayOutputStream(event.json().length + cursor.length() + 16);
        line.write(event.json(), 0, event.json().length - 1);
        line.writeBytes((",\"cursor\":\"" + cursor + "\"}\n").getBytes(US_ASCII));
        return line.toByteArray();
    }
}
