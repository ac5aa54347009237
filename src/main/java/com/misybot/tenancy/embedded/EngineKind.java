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
            ImmutableList.of("spring.datasource.url")) {
        @Override
        Engine engine(DataDirectory data, boolean durable) {
            return new PostgresEngine(data, durable);
        }
    };

    private final String title;
    private final String neededClass;
    private final ImmutableList<String> settings;

    EngineKind(String title, String neededClass, ImmutableList<String> settings) {
        this.title = title;
        this.neededClass = neededClass;
        this.settings = settings;
    }

    abstract Engine engine(DataDirectory data, boolean durable);

    String title() {
        return title;
    }

    /** The environment variable that puts another store in the place of the engine. */
    String variable() {
        return settings.getFirst().toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Whether a store of this kind is named in the configuration. */
    boolean isConfigured(Environment environment) {
        return settings.stream().anyMatch(setting -> {
            var value = environment.getProperty(setting);
            return value != null && !value.isBlank();
        });
    }

    /** Whether the engine is on the class path; it is not in the production jar. */
    boolean isPresent() {
        return ClassUtils.isPresent(neededClass, EngineKind.class.getClassLoader());
    }
}
