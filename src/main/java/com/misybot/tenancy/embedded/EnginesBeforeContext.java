package com.misybot.tenancy.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.logging.Log;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts an engine for each store that is not configured, and tells the application how to reach it. */
final class EnginesBeforeContext implements EnvironmentPostProcessor, Ordered {

    private final Log log;
    private final ConfigurableBootstrapContext bootstrap;

    EnginesBeforeContext(DeferredLogFactory logs, ConfigurableBootstrapContext bootstrap) {
        this.log = logs.getLog(EnginesBeforeContext.class);
        this.bootstrap = bootstrap;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var settings = Binder.get(environment).bindOrCreate("tenancy.embedded", EmbeddedSettings.class);
        if (!settings.enabled() || environment.getProperty("spring.aot.processing", Boolean.class, false)) {
            return;
        }
        var absent = Arrays.stream(EngineKind.values())
                .filter(kind -> !kind.isConfigured(environment))
                .toList();
        requirePostgres(absent, environment);
        absent.stream()
                .filter(kind -> !kind.isPresent())
                .forEach(kind -> log.warn("No " + kind.title() + ", because " + kind.variable() + " is not set: "
                        + kind.consequence() + "."));
        var wanted = absent.stream().filter(EngineKind::isPresent).toList();
        if (!wanted.isEmpty()) {
            start(wanted, settings, environment, application);
        }
    }

    private static void requirePostgres(List<EngineKind> absent, ConfigurableEnvironment environment) {
        if (absent.contains(EngineKind.POSTGRESQL)) {
            if (!EngineKind.POSTGRESQL.isPresent()) {
                throw new MissingStoreException("There is no database: set SPRING_DATASOURCE_URL to a PostgreSQL,"
                        + " such as jdbc:postgresql://localhost:5432/tenancy (docs/database-roles.md).");
            }
        } else if (!environment
                .getRequiredProperty("spring.datasource.url")
                .strip()
                .startsWith("jdbc:postgresql:")) {
            throw new MissingStoreException("The database is not PostgreSQL: set SPRING_DATASOURCE_URL to a URL that"
                    + " begins with jdbc:postgresql:.");
        }
    }

    private void start(
            List<EngineKind> wanted,
            EmbeddedSettings settings,
            ConfigurableEnvironment environment,
            SpringApplication application) {
        var lease = Engines.lease(settings, wanted);
        endWith(lease, application);
        var properties = new TreeMap<String, Object>(lease.properties());
        if (wanted.contains(EngineKind.POSTGRESQL)) {
            addSecrets(properties, lease.data(), environment);
        }
        // an address left empty is none; everything else that is configured wins
        properties.keySet().removeIf(name -> !environment.getProperty(name, "").isBlank());
        environment.getPropertySources().addFirst(new MapPropertySource("embedded engines", properties));
        lease.engines()
                .forEach((kind, engine) -> log.info(engine + " is embedded, because " + kind.variable()
                        + " is not set; data in " + lease.data().path()));
    }

    private static void addSecrets(
            Map<String, Object> properties, DataDirectory data, ConfigurableEnvironment environment) {
        if (environment.getProperty("tenancy.keyring.root", "").isBlank()
                && environment.getProperty("tenancy.keyring.root-file", "").isBlank()) {
            properties.put(
                    "tenancy.keyring.root-file", data.secretFile("root.key", 32).toString());
        }
        properties.put(
                "tenancy.security.operator-key-file",
                data.resolve("operator.key").toString());
    }

    /** The engines end after the last bean of the context, or with the start that failed before there was one. */
    private void endWith(EngineLease lease, SpringApplication application) {
        bootstrap.addCloseListener((BootstrapContextClosedEvent event) -> {
            if (event.getApplicationContext().getBeanFactory() instanceof DefaultListableBeanFactory beans) {
                beans.registerSingleton("engineLease", lease);
                beans.registerDisposableBean("engineLease", lease);
            }
        });
        // a listener added only now would not hear of a failure before the context is prepared
        application.getListeners().stream()
                .filter(FailedStart.class::isInstance)
                .map(FailedStart.class::cast)
                .forEach(listener -> listener.watch(lease));
    }
}
