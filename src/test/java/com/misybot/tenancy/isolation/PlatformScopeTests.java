package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.TenancyApplication;
import com.misybot.tenancy.kernel.Scope;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whoever works without a tenant's scope stands in {@code docs/platform-scope.md}, with the reason. */
@Execution(ExecutionMode.CONCURRENT)
class PlatformScopeTests {

    private static final Pattern ROW = Pattern.compile("\\| `([\\w.$]+#[\\w<>]+)` \\| (\\d+) \\| (.+) \\|");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .importUrl(TenancyApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void everyPathWithoutATenantsScopeStandsInTheList() throws IOException {
        var listed = listed().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, row -> row.getValue().count()));

        assertThat(found(PRODUCT)).containsExactlyInAnyOrderEntriesOf(listed);
    }

    @Test
    void everyPathHasAReason() throws IOException {
        assertThat(listed().values())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.reason()).hasSizeGreaterThan(20));
    }

    @Test
    void findsAPathHoweverItIsWritten() {
        var careless = new ClassFileImporter().importClasses(Careless.class);

        assertThat(found(careless).keySet())
                .containsExactlyInAnyOrder(
                        "isolation.PlatformScopeTests$Careless#inALambda",
                        "isolation.PlatformScopeTests$Careless#byReference",
                        "isolation.PlatformScopeTests$Careless#byItsConstant",
                        "isolation.PlatformScopeTests$Careless#asTheKeeper");
    }

    /** What must be found. */
    static class Careless {

        Object inALambda() {
            return (Runnable) () -> Scope.platform().call(() -> 1);
        }

        Object byReference() {
            java.util.function.Supplier<Scope> scope = Scope::platform;
            return scope;
        }

        Object byItsConstant() {
            return Scope.Shared.PLATFORM;
        }

        Object asTheKeeper() {
            return Scope.keeper();
        }
    }

    private record Row(long count, String reason) {}

    private static Map<String, Row> listed() throws IOException {
        var rows = new TreeMap<String, Row>();
        for (var line : Files.readAllLines(Path.of("docs/platform-scope.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), new Row(Long.parseLong(row.group(2)), row.group(3)));
            }
        }
        return rows;
    }

    private static Map<String, Long> found(JavaClasses classes) {
        return classes.stream()
                .filter(type -> !type.getName().startsWith(Scope.class.getName())
                        && !type.getName().startsWith(DatabaseRole.class.getName()))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(PlatformScopeTests::leavesTheTenants)
                .collect(Collectors.groupingBy(PlatformScopeTests::path, TreeMap::new, Collectors.counting()));
    }

    private static boolean leavesTheTenants(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        return (owner.isEquivalentTo(Scope.class) && (name.equals("platform") || name.equals("keeper")))
                || (owner.isEquivalentTo(Scope.Shared.class) && (name.equals("PLATFORM") || name.equals("KEEPER")));
    }

    private static String path(JavaAccess<?> access) {
        var root = TenancyApplication.class.getPackageName() + '.';
        return access.getOriginOwner().getName().replace(root, "")
                + '#'
                + access.getOrigin().getName();
    }
}
