package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.modulith.core.ApplicationModules;

@Execution(ExecutionMode.CONCURRENT)
class ModularityTests {

    private final ApplicationModules modules = ApplicationModules.of(TenancyApplication.class);

    @Test
    void everyModuleKeepsToItsAllowedDependencies() {
        modules.verify();
    }

    @Test
    void everyModuleSaysWhatItMayDependOn() {
        assertThat(modules.stream())
                .isNotEmpty()
                .allSatisfy(module -> assertThat(module.getDisplayName())
                        .as("display name of " + module.getBasePackage().getName())
                        .isNotBlank());
    }

    @Test
    void nobodyDependsOnTheEmbeddedEngines() {
        var embedded = modules.getModuleByName("embedded").orElseThrow();
        assertThat(modules.stream().filter(module -> !module.equals(embedded)))
                .isNotEmpty()
                .allSatisfy(module -> assertThat(
                                module.getDirectDependencies(modules).contains(embedded))
                        .as(module.getDisplayName())
                        .isFalse());
    }
}
