package com.misybot.tenancy.document.mongo;

import static java.util.Objects.requireNonNullElse;

import com.misybot.tenancy.document.DocumentSettings;
import com.mongodb.client.MongoClient;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DocumentSettings.class)
class MongoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(MongoDoor.class);

    /** For a server, a connection of the pool, and the handshake of a new one. */
    private static final int WAIT_MILLIS = 250;

    /** Where neither the address nor {@code spring.mongodb.database} names one. */
    private static final String DATABASE = "tenancy";

    /** What is not there is missed at once, and what does not answer is not waited for. */
    @Bean
    MongoClientSettingsBuilderCustomizer nothingWaitsForMongo(DocumentSettings settings) {
        return client -> client.applicationName("misy-tenancy")
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .retryReads(false)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(WAIT_MILLIS, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(WAIT_MILLIS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(2 * WAIT_MILLIS, TimeUnit.MILLISECONDS)
                        .readTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    }

    @Bean
    MongoDoor mongoDoor(
            ObjectProvider<MongoClient> clients,
            ObjectProvider<MongoConnectionDetails> details,
            Environment environment,
            DocumentSettings settings) {
        var client = clients.getIfAvailable();
        var database = client == null ? null : client.getDatabase(database(environment, details.getIfAvailable()));
        if (database != null && !Namespaces.leavesRoom(database.getName())) {
            throw new DatabaseNameException();
        }
        return new MongoDoor(database, circuit(settings), settings.timeout());
    }

    private static String database(Environment environment, @Nullable MongoConnectionDetails details) {
        var named = environment.getProperty("spring.mongodb.database");
        if (named != null && !named.isBlank()) {
            return named;
        }
        return details == null
                ? DATABASE
                : requireNonNullElse(details.getConnectionString().getDatabase(), DATABASE);
    }

    private static CircuitBreaker circuit(DocumentSettings settings) {
        var circuit = CircuitBreaker.of(
                "mongodb",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .maxWaitDurationInHalfOpenState(Duration.ofSeconds(1))
                        .writableStackTraceEnabled(false)
                        .build());
        circuit.getEventPublisher()
                .onStateTransition(event -> told(event.getStateTransition().getToState()));
        return circuit;
    }

    private static void told(CircuitBreaker.@Nullable State state) {
        if (state == CircuitBreaker.State.OPEN) {
            LOG.warn("MongoDB does not answer: documents are refused, everything else goes on");
        } else if (state == CircuitBreaker.State.CLOSED) {
            LOG.info("MongoDB answers again");
        }
    }
}
