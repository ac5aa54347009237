package com.misybot.tenancy.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever started the service with nothing configured where to go from here. */
@Component
final class StartBanner implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(StartBanner.class);

    private final ObjectProvider<EngineLease> leases;

    StartBanner(ObjectProvider<EngineLease> leases) {
        this.leases = leases;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        leases.ifAvailable(lease -> LOG.info(
                "Misy Tenancy is ready\n\n{}",
                text(lease, event.getApplicationContext().getEnvironment())));
    }

    private static String text(EngineLease lease, Environment environment) {
        var lines = new ArrayList<String>();
        var service = environment.getProperty("local.server.port");
        if (service != null) {
            var url = "http://localhost:" + service + environment.getProperty("server.servlet.context-path", "");
            lines.add(line("API", url + "/api/v1"));
            lines.add(line("API page", url + environment.getProperty("springdoc.swagger-ui.path", "/swagger-ui.html")));
        }
        var management = environment.getProperty("local.management.port");
        if (management != null || service != null) {
            var port = management == null ? service : management;
            lines.add(line("Actuator", "http://localhost:" + port + "/actuator/health"));
        }
        for (var kind : EngineKind.values()) {
            lines.add(line(kind.title(), store(kind, lease)));
        }
        lines.add(line("Data", lease.data().path().toString()));
        lines.addAll(operatorKey(environment));
        return String.join("\n", lines) + "\n";
    }

    private static String store(EngineKind kind, EngineLease lease) {
        var engine = lease.engines().get(kind);
        return engine == null ? "as configured" : "embedded " + engine + ", because " + kind.variable() + " is not set";
    }

    private static List<String> operatorKey(Environment environment) {
        var file = environment.getProperty("tenancy.security.operator-key-file");
        return file != null && Files.exists(Path.of(file))
                ? List.of(line("Operator key", "in the file " + file))
                : List.of();
    }

    private static String line(String name, String value) {
        return "  %-13s %s".formatted(name, value);
    }
}
