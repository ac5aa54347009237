package com.misybot.tenancy.embedded;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** The stores there are engines for, in the order of their start; they are stopped the other way round. */
enum EngineKind {
    POSTGRESQL(
            "PostgreSQL",
            "io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver",
            "org.springframework.boot.jdbc.",
            "the service cannot start",
            "spring.datasource.url") {
        @Override
        Engine engine(DataDirectory data, boolean durable) {
            return new PostgresEngine(data, durable);
        }
    },
    REDIS(
            "Redis",
            "redis.embedded.core.ExecutableProvider",
            "org.springframework.boot.data.redis.",
            "sessions are off, and limits hold for each instance by itself",
            "spring.data.redis.url",
            "spring.data.redis.host",
            "spring.data.redis.cluster.nodes",
            "spring.data.redis.sentinel.nodes",
            "spring.data.redis.masterreplica.nodes") {
        @Override
        Engine engine(DataDirectory data, boolean durable) {
            return new RedisEngine(data, durable);
        }
    },
    MONGODB(
            "MongoDB",
            "de.bwaldvogel.mongo.backend.h2.H2Backend",
            "org.springframework.boot.mongodb.",
            "the document API is off and answers 501 documents_off",
            "spring.mongodb.uri",
            "spring.mongodb.host") {
        @Override
        Engine engine(DataDirectory data, boolean durable) {
            return new MongoEngine(data);
        }
    };

    private final String title;
    private final String neededClass;
    private final String autoConfigurations;
    private final String consequence;
    private final ImmutableList<String> settings;

    EngineKind(String title, String neededClass, String autoConfigurations, String consequence, String... settings) {
        this.title = title;
        this.neededClass = neededClass;
        this.autoConfigurations = autoConfigurations;
        this.consequence = consequence;
        this.settings = ImmutableList.copyOf(settings);
    }

    abstract Engine engine(DataDirectory data, boolean durable);

    String title() {
        return title;
    }

    /** What it means that there is no such store, as a sentence without its end. */
    String consequence() {
        return consequence;
    }

    /** The environment variable that puts another store in the place of the engine. */
    String variable() {
        return settings.getFirst().toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Whether a store of this kind is named in the configuration. */
    boolean isConfigured(Environment environment) {
        return settings.stream()
                .anyMatch(setting -> !environment.getProperty(setting, "").isBlank());
    }

    /** Whether Spring Boot's auto-configuration of that name is for this kind of store. */
    boolean isConfiguredBy(String autoConfiguration) {
        return autoConfiguration.startsWith(autoConfigurations);
    }

    /** Whether the engine is on the class path; it is not in the production jar. */
    boolean isPresent() {
        return ClassUtils.isPresent(neededClass, EngineKind.class.getClassLoader());
    }
}
