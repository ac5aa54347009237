package com.misybot.tenancy.context.session;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.embedded.TestRedis;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Tenants with visitors, each of whom comes from an address of its own. */
public final class Visits {

    /** The page that carries the widget. */
    public static final String PAGE = "https://www.acme.example";

    private static final AtomicInteger CLIENT = new AtomicInteger();

    final Api api;
    private static final Map<String, StringRedisTemplate> REDIS = new ConcurrentHashMap<>();

    final StringRedisTemplate redis;

    private Visits(ApplicationContext context) {
        this.api = Api.operator(context);
        this.redis = REDIS.computeIfAbsent(
                TestRedis.of(Path.of(context.getEnvironment().getRequiredProperty("tenancy.embedded.data-dir")))
                        .url(),
                Visits::administrator);
    }

    /** Who may do what the service itself may not. */
    private static StringRedisTemplate administrator(String url) {
        var uri = URI.create(url);
        var server = new RedisStandaloneConfiguration(uri.getHost(), uri.getPort());
        server.setPassword(uri.getUserInfo().substring(1));
        var factory = new LettuceConnectionFactory(server);
        factory.afterPropertiesSet();
        factory.start();
        return new StringRedisTemplate(factory);
    }

    public static Visits of(ApplicationContext context) {
        return new Visits(context);
    }

    /** A tenant that allows {@link #PAGE}. */
    public record Site(String uuid, String slug, String siteId, String secret) {

        String path() {
            return "/tenants/" + slug + "/sessions";
        }

        String key(String session) {
            return "t:{" + uuid + "}:session:" + session;
        }

        String index(int epoch) {
            return "t:{" + uuid + "}:sessions:" + epoch;
        }
    }

    public Site register() {
        var slug = freeSlug();
        var created = api.post("/tenants", """
                {"tenantId":"%s","business":{"name":"Acme"},"allowedOrigins":["%s"]}""".formatted(slug, PAGE));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return new Site(created.text("/id"), slug, created.text("/siteId"), created.text("/secret"));
    }

    /** An address that no other visitor has. */
    public static String client() {
        var number = CLIENT.incrementAndGet();
        return "198.18." + number / 250 + "." + (number % 250 + 1);
    }

    /** Tries to start a session; {@code more} are further members of the body. */
    public Api.Answer tryStart(Site site, String client, String more) {
        return api.post("/sessions", """
                {"siteId":"%s","origin":"%s","clientAddress":"%s"%s}""".formatted(site.siteId(), PAGE, client, more));
    }

    public Api.Answer start(Site site, String more) {
        var started = tryStart(site, client(), more);
        assertThat(started.status()).as(started.toString()).isEqualTo(201);
        return started;
    }

    public Api.Answer introspect(String token) {
        return api.post("/sessions/introspect", "{\"token\":\"" + token + "\"}");
    }

    public boolean isActive(String token) {
        var answer = introspect(token);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        if (!answer.json().path("active").asBoolean()) {
            assertThat(answer.response().body()).isEqualTo("{\"active\":false}");
        }
        return answer.json().path("active").asBoolean();
    }
}
