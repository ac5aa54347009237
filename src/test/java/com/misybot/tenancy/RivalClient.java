package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.RudeHttp.Ask;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/** Calls for one of two tenants at a time, well and badly, and holds every answer against what that tenant may see. */
final class RivalClient {

    /** What may happen to any call: too many at a time, or no connection of the small pool in time. */
    private static final List<Integer> ALWAYS = List.of(429, 503);

    private static final int DOCUMENTS = 24;
    private static final String TOO_LARGE = "{\"text\":\"" + "x".repeat(17 * 1024) + "\"}";

    private final RudeHttp http;
    private final String platform;
    private final Random dice;
    private final Map<String, LongAdder> seen;

    /**
     * A client.
     *
     * @param platform the key of a platform service
     * @param seen counts the outcomes of all clients: the call and its status
     */
    RivalClient(RudeHttp http, String platform, Random dice, ConcurrentHashMap<String, LongAdder> seen) {
        this.http = http;
        this.platform = platform;
        this.dice = dice;
        this.seen = seen;
    }

    /** The calls there are. */
    enum Call {
        ITSELF(200),
        LISTED(200),
        EXPORTED(200),
        IMPORTED(200),
        RESOLVED(200),
        SESSION(200),
        OPERATED(200),
        REFUSED(409),
        PUT(200),
        READ(200),
        PATCHED(200),
        DELETED(204),
        MALFORMED(400),
        STALE(412),
        TOO_LARGE(413),
        NOBODY(401),
        FOREIGN_TENANT(404),
        FOREIGN_DOCUMENTS(404),
        FOREIGN_WRITE(404),
        TIMED_OUT(0),
        BROKEN_OFF(0);

        /** What it must have been answered at least once; 0 for a call that nobody waited for. */
        final int answer;

        Call(int answer) {
            this.answer = answer;
        }
    }

    /** Makes one call, drawn by lot. */
    void call(Rival self, Rival other) {
        var call = Call.values()[dice.nextInt(Call.values().length)];
        var id = self.documents() + "/d" + dice.nextInt(DOCUMENTS);
        var foreign = other.documents() + "/d" + dice.nextInt(DOCUMENTS);
        var document = document(self);
        switch (call) {
            case ITSELF -> own(call, self, other, of(self, "GET", self.path()), 200);
            case LISTED -> answered(call, self, other, of(self, "GET", self.documents() + "?pageSize=5"), 200);
            case EXPORTED -> answered(call, self, other, exported(self, self), 200);
            case IMPORTED -> answered(call, self, other, imported(self), 200);
            case RESOLVED -> own(call, self, other, Ask.of(platform, "GET", resolve(self), null), 200);
            case SESSION -> session(self, other);
            case OPERATED -> own(call, self, other, operated(self), 200);
            case REFUSED -> answered(call, self, other, refused(self), 409);
            case PUT -> own(call, self, other, made(self, id, document), 200, 201, 404, 428);
            case READ -> own(call, self, other, of(self, "GET", id), 200, 404);
            case PATCHED -> own(call, self, other, patch(self, id, document), 200, 404);
            case DELETED -> answered(call, self, other, delete(self, id), 204, 404);
            case MALFORMED -> answered(call, self, other, put(self, id, document.substring(0, 20)), 400, 404);
            case STALE -> answered(call, self, other, stale(self), 412);
            case TOO_LARGE -> answered(call, self, other, put(self, id, TOO_LARGE), 413, 404);
            case NOBODY -> answered(call, self, other, Ask.of("", "GET", self.path(), null), 401);
            case FOREIGN_TENANT -> answered(call, self, other, of(self, "GET", other.path()), 404);
            case FOREIGN_DOCUMENTS -> {
                answered(call, self, other, of(self, "GET", dice.nextBoolean() ? other.documents() : foreign), 404);
                answered(call, self, other, exported(self, other), 404);
            }
            case FOREIGN_WRITE -> {
                answered(call, self, other, put(self, foreign, document), 404);
                answered(call, self, other, patch(self, foreign, document), 404);
                answered(call, self, other, delete(self, foreign), 404);
            }
            case TIMED_OUT -> {
                var ask = any(self, id, document);
                var answer = http.send(ask, Duration.ofMillis(1 + dice.nextInt(5)));
                answer.ifPresent(in -> check(self, other, ask, in));
                count(call, answer.map(HttpResponse::statusCode).orElse(0));
            }
            case BROKEN_OFF -> {
                var ask = any(self, id, document);
                self.requireNothingOf(other, http.breakOff(ask, dice.nextBoolean()), ask.toString());
                count(call, 0);
            }
        }
    }

    private String document(Rival self) {
        return "{\"only\":\"%s\",\"n\":%d}".formatted(self.canary(), dice.nextInt(1_000_000));
    }

    private static Ask of(Rival self, String method, String path) {
        return Ask.of(self.secret(), method, path, null);
    }

    /** Half of the time one that must be new. */
    private Ask made(Rival self, String path, String body) {
        return dice.nextBoolean() ? Ask.of(self.secret(), "PUT", path, body) : put(self, path, body);
    }

    private static Ask put(Rival self, String path, String body) {
        return Ask.of(self.secret(), "PUT", path, body, "If-Match", "*");
    }

    private static Ask patch(Rival self, String path, String body) {
        return Ask.of(self.secret(), "PATCH", path, body, "If-Match", "*");
    }

    private static Ask delete(Rival self, String path) {
        return Ask.of(self.secret(), "DELETE", path, null, "If-Match", "*");
    }

    private static Ask exported(Rival self, Rival whose) {
        return Ask.of(self.secret(), "GET", whose.documents(), null, "Accept", RudeHttp.NDJSON);
    }

    private Ask imported(Rival self) {
        var line = "{\"id\":\"d%d\",\"document\":%s}\n";
        var lines = line.formatted(dice.nextInt(DOCUMENTS), document(self))
                + "{\"id\":\"d1\",\"document\":{\"only\":\"" + self.canary() + "\"\n"
                + line.formatted(dice.nextInt(DOCUMENTS), document(self));
        return Ask.of(self.secret(), "POST", self.documents() + "/import?mode=upsert", lines);
    }

    private static String resolve(Rival self) {
        return "/context?siteId=" + self.siteId() + "&origin=" + Rival.PAGE;
    }

    private Ask operated(Rival self) {
        return dice.nextBoolean()
                ? Ask.of(platform, "GET", self.path(), null)
                : Ask.of(
                        platform,
                        "PATCH",
                        self.path(),
                        "{\"labels\":{\"n\":\"" + dice.nextInt(1_000_000) + "\"}}",
                        "If-Match",
                        "*");
    }

    /** What the state of the tenant refuses, with the same key and the same body for both tenants. */
    private Ask refused(Rival self) {
        var action = self.path() + (dice.nextBoolean() ? "/resume" : "/activate");
        return Ask.of(platform, "POST", action, "{}", "Idempotency-Key", "both-" + dice.nextInt(4));
    }

    private Ask stale(Rival self) {
        return Ask.of(platform, "PATCH", self.path(), "{\"labels\":{\"n\":\"0\"}}", "If-Match", "\"0\"");
    }

    private Ask any(Rival self, String id, String document) {
        return switch (dice.nextInt(7)) {
            case 0 -> of(self, "GET", self.path());
            case 1 -> put(self, id, document);
            case 2 -> imported(self);
            case 3 -> exported(self, self);
            case 4 -> Ask.of(platform, "GET", resolve(self), null);
            case 5 -> operated(self);
            default -> Ask.of(platform, "POST", "/sessions", start(self));
        };
    }

    private static String start(Rival self) {
        return "{\"secret\":\"%s\",\"subject\":\"%s\",\"attributes\":{\"only\":\"%2$s\"},\"clientAddress\":\"192.0.2.7\"}"
                .formatted(self.secret(), self.canary());
    }

    private void session(Rival self, Rival other) {
        var caller = dice.nextBoolean() ? platform : self.secret();
        var started = answered(Call.SESSION, self, other, Ask.of(caller, "POST", "/sessions", start(self)), 201);
        if (started.map(HttpResponse::statusCode).orElse(0) != 201) {
            return;
        }
        var token = JsonMapper.shared()
                .readTree(started.orElseThrow().body())
                .at("/token")
                .asString();
        var body = "{\"token\":\"" + token + "\"}";
        var foreign = Ask.of(other.secret(), "POST", "/sessions/introspect", body);
        http.send(foreign).ifPresent(answer -> check(/* self= */ other, /* other= */ self, foreign, answer));
        own(Call.SESSION, self, other, Ask.of(platform, "POST", "/sessions/introspect", body), 200);
        answered(Call.SESSION, self, other, Ask.of(platform, "GET", self.path() + "/sessions?pageSize=3", null), 200);
    }

    /** Of what is its own a tenant gets its canary. */
    private void own(Call call, Rival self, Rival other, Ask ask, Integer... expected) {
        answered(call, self, other, ask, expected)
                .filter(answer -> answer.statusCode() / 100 == 2)
                .ifPresent(
                        answer -> assertThat(answer.body()).as(ask.toString()).contains(self.canary()));
    }

    private Optional<HttpResponse<String>> answered(Call call, Rival self, Rival other, Ask ask, Integer... expected) {
        var answer = http.send(ask);
        var status = answer.map(HttpResponse::statusCode).orElse(0);
        count(call, status);
        answer.ifPresent(in -> check(self, other, ask, in));
        if (answer.isPresent() && !ALWAYS.contains(status)) {
            assertThat(status).as("%s %s: %s", call, ask, answer.get().body()).isIn(List.of(expected));
        }
        return answer;
    }

    private static void check(Rival self, Rival other, Ask ask, HttpResponse<String> answer) {
        self.requireNothingOf(other, answer.headers().map() + answer.body(), ask.toString());
        assertThat(answer.statusCode()).as("%s: %s", ask, answer.body()).isNotEqualTo(500);
    }

    private void count(Call call, int status) {
        seen.computeIfAbsent(call + " " + status, key -> new LongAdder()).increment();
    }
}
