package com.misybot.tenancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.TenancyApplication;
import com.misybot.violations.Violations;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTests {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(TenancyApplication.class);

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackagesOf(TenancyApplication.class);

    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackagesOf(Violations.class);

    static Set<String> rules() {
        return HouseRules.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theProductKeepsTheRules(String rule) {
        HouseRules.named(rule).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleBites(String rule) {
        assertThat(HouseRules.named(rule).evaluate(VIOLATIONS).hasViolation())
                .as("the deliberate violation of " + rule)
                .isTrue();
    }

    @Test
    void mostTypesAreNobodyElsesBusiness() {
        var topLevel = PRODUCT.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .toList();
        var open = topLevel.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        assertThat(open).as("public types among " + topLevel.size()).isLessThan(topLevel.size() / 2);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(PRODUCT.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(room -> room.getClasses().size() > 0))
                .isNotEmpty()
                .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class))
                        .as(room.getName())
                        .isTrue());
    }

    @Test
    void testsNeverSleep() {
        assertThat(TESTS.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getName().equals("sleep")))
                .isEmpty();
    }
}
