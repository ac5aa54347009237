package com.misybot.tenancy.isolation.redis;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.Api.Answer;
import com.misybot.tenancy.embedded.TestRedis;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.core.env.Environment;

/** A tenant with its namespace in the Redis of a data directory, and clients as services write them. */
record Namespace(Api api, String redis, String slug, UUID id) {

    /** Where the administrator of the Redis under test logs in. */
    static String administrator(Environment environment) {
        var external = environment.getProperty("tenancy.test.redis-administrator");
        return external != null
                ? external
                : TestRedis.of(Path.of(environment.getRequiredProperty("tenancy.embedded.data-dir")))
                        .url();
    }

    static Namespace registered(Api api, String redis) {
        var slug = freeSlug();
        var created = api.post("/tenants", tenant(slug));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return new Namespace(api, redis, slug, UUID.fromString(created.text("/id")));
    }

    String path() {
        return "/tenants/" + slug + "/namespaces";
    }

    String credentials() {
        return path() + "/redis/credentials";
    }

    String key(String name) {
        return "t:{" + id + "}:app:" + name;
    }

    /** A key or channel of the tenant, and not of its services. */
    String outside(String name) {
        return "t:{" + id + "}:" + name;
    }

    String username() {
        return "tenant-" + id;
    }

    /** Issues credentials and answers the password. */
    String issue() {
        var issued = api.post(credentials(), "{}");
        assertThat(issued.status()).as(issued.toString()).isEqualTo(201);
        return issued.text("/password");
    }

    Answer revoke() {
        return api.delete(credentials(), "If-Match", "*");
    }

    /** A connection of a service, which is not made again where it is cut. */
    Visitor visitor(String password) {
        return visitor(username(), password);
    }

    Visitor administrator() {
        return visitor(RedisURI.create(redis));
    }

    private Visitor visitor(String username, String password) {
        var server = RedisURI.create(redis);
        return visitor(RedisURI.builder()
                .withHost(server.getHost())
                .withPort(server.getPort())
                .withAuthentication(username, password.toCharArray())
                .build());
    }

    private static Visitor visitor(RedisURI uri) {
        var client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder().autoReconnect(false).build());
        try {
            return new Visitor(client, client.connect());
        } catch (RuntimeException e) {
            client.shutdown();
            throw e;
        }
    }

    /** One connection. */
    record Visitor(RedisClient client, StatefulRedisConnection<String, String> connection) implements AutoCloseable {

        RedisCommands<String, String> commands() {
            return connection.sync();
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }
}
