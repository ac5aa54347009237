package com.misybot.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * An application of its own beside the service: MVC, Jackson, virtual threads and the observations as shipped, on a port of
 * its own. Nothing of the service stands in its way: no security, no filter, no interceptor.
 */
@EnableAutoConfiguration
@Import(BareEndpoints.class)
class BareServer {

    private static final List<String> LEFT_OUT = List.of(
            ".security.",
            ".data.",
            ".jdbc.",
            ".jpa.",
            ".hibernate.",
            ".flyway.",
            ".mongodb.",
            ".persistence.",
            ".transaction.",
            "springdoc",
            "misybot");

    private final Environment environment;

    BareServer(Environment environment) {
        this.environment = environment;
    }

    static void start(ConfigurableApplicationContext application) {
        var service = application.getEnvironment();
        var leftOut = ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                .filter(name -> LEFT_OUT.stream().anyMatch(name::contains))
                .collect(Collectors.joining(","));
        new SpringApplicationBuilder(BareServer.class)
                .initializers(bare -> bare.getBeanFactory().registerSingleton("changes", new Changes(application)))
                .run(
                        "--server.port=" + service.getRequiredProperty("bench.bare-port"),
                        "--server.address=127.0.0.1",
                        "--management.server.port=-1",
                        "--management.endpoint.health.validate-group-membership=false",
                        "--management.metrics.use-global-registry=false",
                        "--tenancy.embedded.enabled=false",
                        "--spring.autoconfigure.exclude=" + leftOut,
                        "--bench.redis=" + service.getRequiredProperty("spring.data.redis.url"),
                        "--bench.url=" + service.getRequiredProperty("spring.datasource.url"),
                        "--bench.password=" + service.getRequiredProperty("tenancy.isolation.platform.password"));
    }

    /** Like the pool of the platform role. */
    @Bean(destroyMethod = "close")
    HikariDataSource transactions() {
        return pool(false);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource singleStatements() {
        return pool(true);
    }

    @Bean
    BareEndpoints.Rows rows(DataSource transactions, DataSource singleStatements) {
        return new BareEndpoints.Rows(transactions, singleStatements);
    }

    @Bean(destroyMethod = "shutdown")
    RedisClient redisClient() {
        return RedisClient.create(environment.getRequiredProperty("bench.redis"));
    }

    @Bean(destroyMethod = "close")
    StatefulRedisConnection<String, String> redis(RedisClient client) {
        return client.connect();
    }

    private HikariDataSource pool(boolean autoCommit) {
        var config = new HikariConfig();
        config.setJdbcUrl(environment.getRequiredProperty("bench.url"));
        config.setUsername("tenancy_platform");
        config.setPassword(environment.getRequiredProperty("bench.password"));
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(10);
        config.addDataSourceProperty("ApplicationName", "bare");
        return new HikariDataSource(config);
    }
}
