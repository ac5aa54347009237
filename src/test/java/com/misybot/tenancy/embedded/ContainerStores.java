package com.misybot.tenancy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.redis.testcontainers.RedisContainer;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The stores of {@code -Pcontainers}: what the engines are otherwise, for every test, once a JVM. Without a Docker daemon
 * the first context that needs a store fails, and so does the build.
 */
final class ContainerStores implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final List<String> ROLES = List.of("owner", "tenant", "platform", "keeper", "backup");
    private static final Map<String, Object> SECRETS = secrets();

    @Override
    public void initialize(GenericApplicationContext context) {
        if (context.getEnvironment().getProperty("tenancy.test.containers", Boolean.class, false)) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("container secrets", SECRETS));
            context.registerBean(Beans.class);
        }
    }

    /** Where the administrator of the container logs in. */
    static DataSource administrator() {
        return new DriverManagerDataSource(
                Running.POSTGRES.getJdbcUrl(), Running.POSTGRES.getUsername(), Running.POSTGRES.getPassword());
    }

    private static Map<String, Object> secrets() {
        var secrets = new TreeMap<String, Object>();
        ROLES.forEach(role -> secrets.put("tenancy.isolation." + role + ".password", random()));
        secrets.put("tenancy.keyring.root", random() + random());
        secrets.put("tenancy.security.operator-key-file", "target/containers-operator.key");
        return secrets;
    }

    private static String random() {
        var bytes = new byte[16];
        new Random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Registered by hand, not scanned: only this profile has them. */
    static class Beans {

        @Bean(destroyMethod = "")
        @ServiceConnection(type = JdbcConnectionDetails.class) // Flyway logs in as the owner
        PostgreSQLContainer postgresContainer() {
            return Running.POSTGRES;
        }

        @Bean(destroyMethod = "")
        @ServiceConnection
        RedisContainer redisContainer() {
            return Running.REDIS;
        }

        @Bean(destroyMethod = "")
        @ServiceConnection
        MongoDBContainer mongoContainer() {
            return Running.MONGO;
        }
    }

    /** Started with the first context; the end of one context is not theirs, Testcontainers removes them with the JVM. */
    private static final class Running {

        private static final PostgreSQLContainer POSTGRES = started(
                new PostgreSQLContainer("postgres:18") {
                    @Override
                    public void close() {}
                }.withDatabaseName("tenancy")
                        .withEnv(
                                "POSTGRES_INITDB_ARGS",
                                "--locale-provider=builtin --builtin-locale=C.UTF-8 --lc-ctype=C.UTF-8")
                        .withCommand("postgres", "-c", "max_connections=500", "-c", "fsync=off"));

        private static final RedisContainer REDIS = started(new RedisContainer(DockerImageName.parse("redis:8")) {
            @Override
            public void close() {}
        });

        private static final MongoDBContainer MONGO = started(new MongoDBContainer("mongo:8") {
            @Override
            public void close() {}
        });

        static {
            makeRoles();
        }

        private static <C extends GenericContainer<?>> C started(C container) {
            container.start();
            return container;
        }

        private static void makeRoles() {
            var options = new StringBuilder();
            ROLES.forEach(role -> options.append(" -c tenancy.%s_password=%s"
                    .formatted(role, SECRETS.get("tenancy.isolation." + role + ".password"))));
            var properties = new Properties();
            properties.setProperty("user", POSTGRES.getUsername());
            properties.setProperty("password", POSTGRES.getPassword());
            properties.setProperty("options", options.toString());
            try (var connection = DriverManager.getConnection(POSTGRES.getJdbcUrl(), properties);
                    var statement = connection.createStatement()) {
                statement.execute(new ClassPathResource("db/roles.sql").getContentAsString(UTF_8));
            } catch (SQLException | IOException e) {
                throw new IllegalStateException("The roles cannot be made in the container", e);
            }
        }
    }
}
