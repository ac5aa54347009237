package com.misybot.tenancy.operation.job;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The modules that jobs need, and no other. Not a configuration by name, so that the whole service does not find it. */
@EnableAutoConfiguration
@ComponentScan(
        basePackages = {
            "com.misybot.tenancy.kernel",
            "com.misybot.tenancy.isolation",
            "com.misybot.tenancy.operation.job",
        },
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            // of isolation the database alone
            @ComponentScan.Filter(
                    type = FilterType.REGEX,
                    pattern = "com\\.misybot\\.tenancy\\.isolation\\.[a-z]+\\..*")
        })
@ConfigurationPropertiesScan({"com.misybot.tenancy.isolation", "com.misybot.tenancy.operation.job"})
class JobTestApplication {}
