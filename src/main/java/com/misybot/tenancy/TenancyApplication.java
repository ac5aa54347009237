package com.misybot.tenancy;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TenancyApplication {

    private TenancyApplication() {}

    /** Starts the service with the given command-line arguments. */
    public static void main(String[] args) {
        SpringApplication.run(TenancyApplication.class, args);
    }
}
