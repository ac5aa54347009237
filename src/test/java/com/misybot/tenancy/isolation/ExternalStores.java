package com.misybot.tenancy.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL and a Redis beside the embedded ones, such as the oldest releases that are supported. Their administrators'
 * addresses come as system properties; a database {@code tenancy_external} and the accounts of the service are made in them. The
 * documents are kept by the wire server of the embedded engines.
 */
public final class ExternalStores implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Where an administrator of PostgreSQL logs in: {@code jdbc:postgresql://host/postgres?user=…&password=…}. */
    public static final String POSTGRES = "tenancy.test.postgres-url";

    /** Where the default user of Redis logs in: {@code redis://:password@host:port}. */
    public static final String REDIS = "tenancy.test.redis-url";

    private static final String DATABASE = "tenancy_external";
    private static final List<String> ROLES = List.of("owner", "tenant", "platform", "keeper", "backup");
    private static final Map<String, Object> MADE = new TreeMap<>();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        synchronized (MADE) {
            if (MADE.isEmpty()) {
                ROLES.forEach(role -> MADE.put("tenancy.isolation." + role + ".password", random()));
                MADE.put("tenancy.isolation.redis.admin.username", "admin");
                MADE.put("tenancy.isolation.redis.admin.password", random());
                MADE.put("tenancy.keyring.root", random() + random());
                MADE.put("tenancy.security.operator-key-file", "target/external-operator.key");
                MADE.put("spring.mongodb.uri", "mongodb://127.0.0.1:" + documents() + "/tenancy");
                makeDatabase(System.getProperty(POSTGRES));
                makeAccounts(System.getProperty(REDIS), random());
            }
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("external stores", MADE));
        }
    }

    /** The wire server of the embedded engines, with nothing on disk; its port. It lives as long as the process. */
    private static int documents() {
        var server = new MongoServer(H2Backend.inMemory());
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        return server.bind().getPort();
    }

    private static void makeDatabase(String url) {
        var administrator = new JdbcTemplate(new DriverManagerDataSource(url));
        administrator.execute("drop database if exists " + DATABASE + " with (force)");
        administrator.execute("create database " + DATABASE);
        var here = url.replaceFirst("(//[^/]+/)[^?]*", "$1" + DATABASE);
        var passwords = new StringBuilder();
        ROLES.forEach(role -> passwords.append(
                " -c tenancy.%s_password=%s".formatted(role, MADE.get("tenancy.isolation." + role + ".password"))));
        var options = new Properties();
        options.setProperty("options", passwords.toString().strip());
        new JdbcTemplate(new DriverManagerDataSource(here, options)).execute(resource("db/roles.sql"));
        MADE.put("spring.datasource.url", here.replaceFirst("\\?.*", ""));
    }

    private static void makeAccounts(String url, String password) {
        var client = RedisClient.create(url);
        try {
            var redis = client.connect().sync();
            redis.flushall();
            var accounts = resource("redis/accounts.conf")
                    .replace("<app-password>", password)
                    .replace("<admin-password>", (String) MADE.get("tenancy.isolation.redis.admin.password"));
            accounts.lines().filter(line -> line.startsWith("user ")).forEach(line -> {
                var arguments = new CommandArgs<>(StringCodec.UTF8).add("SETUSER");
                List.of(line.substring("user ".length()).split(" ", -1)).forEach(arguments::add);
                redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments);
            });
        } finally {
            client.shutdown();
        }
        var server = URI.create(url);
        MADE.put("spring.data.redis.url", "redis://app:" + password + "@" + server.getHost() + ":" + server.getPort());
        MADE.put("tenancy.test.redis-administrator", url);
    }

    private static String resource(String name) {
        try {
            return new ClassPathResource(name).getContentAsString(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random() {
        var bytes = new byte[16];
        new Random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
