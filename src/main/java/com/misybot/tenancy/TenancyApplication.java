package com.misybot.tenancy;

import com.misybot.tenancy.audit.archive.VerifyAudit;
import com.misybot.tenancy.kernel.InvalidConfigurationException;
import com.misybot.tenancy.security.IssueOperatorKey;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TenancyApplication {

    private TenancyApplication() {}

    /** Starts the service with the given command-line arguments, or runs the command that the first of them names. */
    public static void main(String[] args) {
        try {
            run(args);
        } catch (RuntimeException e) {
            if (InvalidConfigurationException.caused(e)) {
                System.exit(InvalidConfigurationException.EXIT_CODE); // Spring Boot has said why
            }
            throw e;
        }
    }

    private static void run(String[] args) {
        if (args.length > 0 && args[0].equals(IssueOperatorKey.NAME)) {
            System.exit(IssueOperatorKey.run(args));
        }
        if (args.length > 0 && args[0].equals(VerifyAudit.NAME)) {
            System.exit(VerifyAudit.run(args));
        }
        SpringApplication.run(TenancyApplication.class, args);
    }
}
