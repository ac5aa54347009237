package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that cannot work ends with exit code 78 and one sentence, whatever is wrong. */
class RefusedStartIT {

    private static final String FOREIGN = "6f1d8c3ab25e4790d1f4b8a6c2e90573184bd6fa9e2c7d50b3a8f7164ce2905d";

    private static EngineLease postgres;

    @TempDir
    Path directory;

    @BeforeAll
    static void startPostgres(@TempDir Path engines) {
        postgres = PackagedJar.postgres(engines);
    }

    @AfterAll
    static void endPostgres() {
        postgres.destroy();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TENANCY_ISOLATION_KEEPER_PASSWORD | | No password is given for the database role tenancy_keeper: set TENANCY_ISOLATION_KEEPER_PASSWORD",
                "TENANCY_ISOLATION_TENANT_PASSWORD | wrong | set TENANCY_ISOLATION_TENANT_PASSWORD to the password of this role",
                "TENANCY_KEYRING_ROOTFILE | | No root secret is given: set TENANCY_KEYRING_ROOTFILE",
            })
    void saysWhichSettingIsWrong(String name, @Nullable String value, String sentence) throws Exception {
        var environment = new HashMap<>(PackagedJar.environment(postgres));
        environment.remove(name);
        if (value != null) {
            environment.put(name, value);
        }
        assertRefused(environment, sentence);
    }

    /** The first start leaves the check value of its root secret behind, which the second one does not have. */
    @Test
    void saysWhatIsWrongWithTheCatalogueAndThatTheDataHasAnotherRootSecret() throws Exception {
        var environment = new HashMap<>(PackagedJar.environment(postgres));
        var administrator = Administrator.of(environment.getOrDefault("SPRING_DATASOURCE_URL", ""), postgres.data());
        administrator.execute("alter role tenancy_keeper createdb");
        try {
            assertRefused(environment, "The database does not keep tenants apart: role tenancy_keeper is superuser");
        } finally {
            administrator.execute("alter role tenancy_keeper nocreatedb");
        }
        environment.remove("TENANCY_KEYRING_ROOTFILE");
        environment.put("TENANCY_KEYRING_ROOT", FOREIGN);
        assertRefused(environment, "This database was written under another root secret");
    }

    private void assertRefused(Map<String, String> environment, String sentence) throws Exception {
        assertThat(PackagedJar.outputOfFailing(directory, environment))
                .contains("APPLICATION FAILED TO START")
                .contains(sentence)
                .doesNotContain("\tat ");
    }
}
