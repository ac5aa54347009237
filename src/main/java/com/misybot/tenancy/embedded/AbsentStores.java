package com.misybot.tenancy.embedded;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Leaves Spring Boot's clients and health checks of Redis and MongoDB out where there is no such store; else they would
 * try localhost. By now an embedded engine is configured like any other store.
 */
final class AbsentStores implements AutoConfigurationImportFilter, EnvironmentAware {

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        var wanted = new boolean[autoConfigurations.length];
        for (var i = 0; i < wanted.length; i++) {
            wanted[i] = !isOfAbsentStore(autoConfigurations[i]);
        }
        return wanted;
    }

    private boolean isOfAbsentStore(@Nullable String autoConfiguration) {
        return autoConfiguration != null
                && environment.getProperty("tenancy.embedded.enabled", Boolean.class, true)
                && !environment.getProperty("spring.aot.processing", Boolean.class, false)
                && Arrays.stream(EngineKind.values())
                        .filter(kind -> kind != EngineKind.POSTGRESQL)
                        .anyMatch(kind -> kind.isConfiguredBy(autoConfiguration) && !kind.isConfigured(environment));
    }
}
