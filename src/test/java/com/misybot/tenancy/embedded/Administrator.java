package com.misybot.tenancy.embedded;

import java.nio.file.Path;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The administrator of the PostgreSQL under test, who may do to roles what no role of the service may. */
public final class Administrator {

    private Administrator() {}

    /** In the database that this environment names. */
    public static JdbcTemplate of(Environment environment) {
        if (environment.getProperty("tenancy.test.containers", Boolean.class, false)) {
            return new JdbcTemplate(ContainerStores.administrator());
        }
        var directory = Path.of(environment.getRequiredProperty("tenancy.embedded.data-dir"));
        return of(environment.getRequiredProperty("spring.datasource.url"), DataDirectory.at(directory));
    }

    static JdbcTemplate of(String url, DataDirectory data) {
        var password = data.password(PostgresDatabase.ADMINISTRATOR);
        return new JdbcTemplate(new DriverManagerDataSource(url, PostgresDatabase.ADMINISTRATOR, password));
    }
}
