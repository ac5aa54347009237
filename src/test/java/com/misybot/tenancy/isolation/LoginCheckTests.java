package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.embedded.Administrator;
import com.misybot.tenancy.isolation.IsolationSettings.Login;
import com.zaxxer.hikari.HikariDataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** One role at a time does not log in as it should. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class LoginCheckTests {

    private final IsolationSettings settings;
    private final String url;
    private final JdbcTemplate administrator;

    LoginCheckTests(
            @Autowired IsolationSettings settings,
            @Autowired @Qualifier("tenantDataSource") HikariDataSource tenant,
            @Autowired Environment environment) {
        this.settings = settings;
        this.url = tenant.getJdbcUrl();
        this.administrator = Administrator.of(environment);
    }

    @Test
    void acceptsTheRolesAsTheyAre() {
        assertThatCode(() -> new LoginCheck(url, settings).check()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(DatabaseRole.class)
    void refusesAMissingPassword(DatabaseRole role) {
        assertRefusal(role, new Login(null, null))
                .hasMessageContainingAll(
                        role.roleName(), "No password is given", "set TENANCY_ISOLATION_" + role + "_PASSWORD");
    }

    @ParameterizedTest
    @EnumSource(DatabaseRole.class)
    void refusesAWrongPasswordAndDoesNotRepeatIt(DatabaseRole role) {
        assertRefusal(role, new Login(null, "not-it"))
                .hasMessageContainingAll(role.roleName(), "set TENANCY_ISOLATION_" + role + "_PASSWORD", "db/roles.sql")
                .hasMessageNotContaining("not-it");
    }

    @ParameterizedTest
    @EnumSource(DatabaseRole.class)
    void refusesAnEmptyPasswordAndARoleThatDoesNotExist(DatabaseRole role) {
        assertRefusal(role, new Login(null, "")).hasMessageContaining("set TENANCY_ISOLATION_" + role + "_PASSWORD");
        assertRefusal(role, new Login("nobody", "x")).hasMessageContainingAll("login of nobody", "db/roles.sql");
    }

    @ParameterizedTest
    @EnumSource(DatabaseRole.class)
    void refusesALoginOfAnotherRole(DatabaseRole role) {
        var other = role == DatabaseRole.PLATFORM ? DatabaseRole.TENANT : DatabaseRole.PLATFORM;
        var login = new Login(other.roleName(), settings.login(other).password());

        assertRefusal(role, login)
                .hasMessageContainingAll(
                        "is the database role " + other.roleName(),
                        "not " + role.roleName(),
                        "set TENANCY_ISOLATION_" + role + "_USERNAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"database tenancy", "schema public"})
    void refusesAnOwnerThatMayNotMigrate(String what) {
        administrator.execute("alter " + what + " owner to current_user");
        try {
            assertRefusal(DatabaseRole.OWNER, settings.owner()).hasMessageContaining("run db/roles.sql");
        } finally {
            administrator.execute("alter " + what + " owner to tenancy_owner");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseRole.class,
            names = {"TENANT", "PLATFORM", "KEEPER"})
    void refusesARoleThatMayNotConnect(DatabaseRole role) {
        administrator.execute("revoke connect on database tenancy from " + role.roleName());
        try {
            assertRefusal(role, settings.login(role)).hasMessageContainingAll(role.roleName(), "run db/roles.sql");
        } finally {
            administrator.execute("grant connect on database tenancy to " + role.roleName());
        }
    }

    @Test
    void refusesADatabaseThatDoesNotExist() {
        var check = new LoginCheck(url.replace("/tenancy", "/nowhere"), settings);

        assertThatThrownBy(check::check)
                .isInstanceOf(IsolationException.class)
                .hasMessageContainingAll("no such database", "nowhere", "SPRING_DATASOURCE_URL");
    }

    /** It may answer later: no setting is wrong. */
    @Test
    void blamesNoSettingWhereTheDatabaseDoesNotAnswer() {
        var check = new LoginCheck("jdbc:postgresql://127.0.0.1:1/tenancy", settings);

        assertThatThrownBy(check::check)
                .isNotInstanceOf(IsolationException.class)
                .hasMessageContaining("does not answer");
    }

    private AbstractThrowableAssert<?, ?> assertRefusal(DatabaseRole role, Login login) {
        return assertThatThrownBy(() -> new LoginCheck(url, with(role, login)).check())
                .isInstanceOf(IsolationException.class);
    }

    private IsolationSettings with(DatabaseRole role, Login login) {
        return new IsolationSettings(
                role == DatabaseRole.OWNER ? login : settings.owner(),
                role == DatabaseRole.TENANT ? login : settings.tenant(),
                role == DatabaseRole.PLATFORM ? login : settings.platform(),
                role == DatabaseRole.KEEPER ? login : settings.keeper(),
                settings.poolSize(),
                settings.connectionTimeout(),
                settings.jobChanges(),
                settings.changesBesideReads());
    }
}
