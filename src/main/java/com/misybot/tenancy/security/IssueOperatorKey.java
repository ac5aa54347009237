package com.misybot.tenancy.security;

import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.security.apikey.FirstOperatorKey;
import java.io.PrintStream;
import java.util.Arrays;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.stereotype.Controller;

/**
 * The command {@code issue-operator-key}: prints the first operator key on standard output, alone, and ends. The log goes to
 * standard error. Starts what reaches the database, no web server and no job.
 */
public final class IssueOperatorKey {

    /** The first argument that asks for it. */
    public static final String NAME = "issue-operator-key";

    private IssueOperatorKey() {}

    /**
     * Runs the command.
     *
     * @param args the command line, {@link #NAME} first
     * @return the exit code: 0 where a key was printed, 1 where one exists already
     */
    public static int run(String[] args) {
        var output = System.out;
        System.setOut(System.err);
        try (var context = start(Arrays.copyOfRange(args, 1, args.length))) {
            if (context.getBean(FirstOperatorKey.class).issue(secret -> print(output, secret))) {
                return 0;
            }
            System.err.println("An operator key exists already, so none was made: use it to make others with"
                    + " POST /api/v1/api-keys.");
            return 1;
        } finally {
            System.setOut(output);
        }
    }

    /** Starts what reaches the database, and nothing else. */
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(DatabaseOnly.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(args);
    }

    private static void print(PrintStream output, OneTimeSecret secret) {
        output.println(secret.value());
        if (output.checkError()) {
            throw new IllegalStateException("The key could not be printed, so none was made.");
        }
    }

    /** No configuration by name, so that the service itself does not find it. */
    @EnableAutoConfiguration
    @ConfigurationPropertiesScan({"com.misybot.tenancy.isolation", "com.misybot.tenancy.keyring"})
    @ComponentScan(
            basePackages = {
                "com.misybot.tenancy.kernel",
                "com.misybot.tenancy.isolation",
                "com.misybot.tenancy.keyring",
                "com.misybot.tenancy.audit",
                "com.misybot.tenancy.event",
                "com.misybot.tenancy.security.apikey"
            },
            excludeFilters = {
                @Filter(Controller.class),
                // of isolation the database alone, of audit and event what writes about the key
                @Filter(
                        type = FilterType.REGEX,
                        pattern = "com\\.misybot\\.tenancy\\.(isolation|audit|event)\\.[a-z]+\\..*")
            })
    static class DatabaseOnly {}
}
