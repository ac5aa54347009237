package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.embedded.Administrator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is wrong with roles is planted by the administrator of the server and taken out again. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class RoleTests {

    private final JdbcTemplate administrator;
    private final CatalogueCheck check;

    RoleTests(@Autowired Environment environment, @Autowired CatalogueCheck check) {
        this.administrator = Administrator.of(environment);
        this.check = check;
    }

    @AfterEach
    void leavesNothingBehind() {
        assertThat(check.breaches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "bypassrls", "createrole", "createdb", "replication"})
    void findsARoleThatMayDoMoreThanItMust(String attribute) {
        for (var role : List.of("owner", "tenant", "platform", "keeper", "backup")) {
            assertBreach(
                    "alter role tenancy_%s %s".formatted(role, attribute),
                    "alter role tenancy_%s no%s".formatted(role, attribute),
                    "role tenancy_" + role + " is superuser, bypasses");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "bypassrls", "nologin"})
    void findsARoleThatIsAMemberOfAnother(String attribute) {
        for (var role : List.of("tenant", "platform", "keeper")) {
            assertBreach(
                    "create role planted %s; grant planted to tenancy_%s".formatted(attribute, role),
                    "drop role planted",
                    "role tenancy_" + role + " is a member of planted");
        }
    }

    @Test
    void findsATenantThatMayBecomeTheOwnerOrThePlatform() {
        for (var role : List.of("tenancy_owner", "tenancy_platform", "pg_write_all_data")) {
            assertBreach(
                    "grant %s to tenancy_tenant".formatted(role),
                    "revoke %s from tenancy_tenant".formatted(role),
                    "role tenancy_tenant is a member of " + role);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "transaction_timeout, 30s",
        "idle_in_transaction_session_timeout, 15s",
        "lock_timeout, 10s",
    })
    void findsARoleWithoutALimitOfItsTime(String setting, String limit) {
        for (var role : List.of("tenancy_tenant", "tenancy_platform", "tenancy_keeper")) {
            for (var wrong : List.of("reset %s", "set %s = 0", "set %s = '31s'", "set %s = '2min'", "set %s = 30001")) {
                assertBreach(
                        "alter role " + role + " " + wrong.formatted(setting),
                        "alter role %s set %s = '%s'".formatted(role, setting, limit),
                        "role " + role + " has " + setting);
            }
            assertBreach(
                    "alter role %s in database tenancy set %s = 0".formatted(role, setting),
                    "alter role %s in database tenancy reset %s".formatted(role, setting),
                    "role " + role + " has " + setting + " = 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "backup"})
    void findsARoleOfNoRequestThatIsAMemberOfAnother(String role) {
        assertBreach(
                "create role planted superuser; grant planted to tenancy_" + role,
                "drop role planted",
                "role tenancy_" + role + " is a member of planted");
    }

    /** A binding that comes with the session would answer where a transaction has bound nothing. */
    @ParameterizedTest
    @CsvSource({
        "tenancy.tenant, '01930000-0000-7000-8000-00000000000a'",
        "search_path, planted",
        "row_security, off",
        "session_replication_role, replica",
    })
    void findsASettingThatBindsASession(String setting, String value) {
        for (var where :
                List.of("role tenancy_tenant", "role tenancy_tenant in database tenancy", "database tenancy")) {
            var before = setting.equals("search_path") && where.equals("role tenancy_tenant") ? "public" : "default";
            if (setting.equals("search_path") && where.equals("database tenancy")) {
                continue; // that of the role wins
            }
            assertBreach(
                    "alter %s set %s = '%s'".formatted(where, setting, value),
                    "alter %s set %s = %s".formatted(where, setting, before),
                    "role tenancy_tenant has " + setting + " = ");
        }
    }

    @Test
    void findsAParameterThatOnlyTheAdministratorMaySet() {
        for (var role : List.of("tenancy_tenant", "tenancy_owner", "public")) {
            assertBreach(
                    "grant set on parameter session_replication_role to " + role,
                    "revoke set on parameter session_replication_role from " + role,
                    "role " + role + " may set session_replication_role");
        }
    }

    @Test
    void findsARoleThatMayMakeThings() {
        assertBreach(
                "grant create on schema public to tenancy_tenant",
                "revoke create on schema public from tenancy_tenant",
                "role tenancy_tenant may make things in schema public");
        for (var what : List.of("create", "temporary")) {
            assertBreach(
                    "grant " + what + " on database tenancy to public",
                    "revoke " + what + " on database tenancy from public",
                    "role tenancy_keeper may make schemas or temporary tables");
        }
    }

    @Test
    void findsAFunctionThatSeesRowsBeforeTheirPolicies() {
        assertBreach(
                "create function planted_function(text) returns bool language sql leakproof as 'select true'",
                "drop function planted_function(text)",
                "function planted_function is called leakproof");
    }

    @Test
    void takesALimitInAnyUnit() {
        administrator.execute("alter role tenancy_keeper set lock_timeout = 30000");
        assertThat(check.breaches()).isEmpty();
        administrator.execute("alter role tenancy_keeper set lock_timeout = '10s'");
    }

    private void assertBreach(String plant, String restore, String expected) {
        try {
            administrator.execute(plant);
            assertThat(check.breaches())
                    .as(plant)
                    .anySatisfy(breach -> assertThat(breach).contains(expected));
        } finally {
            administrator.execute(restore);
        }
    }
}
