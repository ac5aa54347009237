package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.Turns;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** A pool for each role behind one data source, and transactions that bind the scope. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int SCHEDULER_CONNECTIONS = 4;

    /** Whether the driver's messages, which are logged, repeat the row that was refused. */
    private static final String ERROR_DETAIL = "logServerErrorDetail";

    private final IsolationSettings settings;
    private final String url;
    private final ObjectProvider<MeterRegistry> meters;

    DatabaseConfiguration(
            IsolationSettings settings,
            ObjectProvider<JdbcConnectionDetails> connection,
            DataSourceProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        this.settings = settings;
        var details = connection.getIfAvailable();
        this.url = details == null ? properties.determineUrl() : details.getJdbcUrl();
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IsolationException(
                    "The database is not PostgreSQL: set SPRING_DATASOURCE_URL to a URL that begins"
                            + " with jdbc:postgresql:.");
        }
        this.meters = meters;
    }

    @Bean(defaultCandidate = false)
    HikariDataSource tenantDataSource() {
        return pool("tenant", DatabaseRole.TENANT, settings.poolSize());
    }

    @Bean(defaultCandidate = false)
    HikariDataSource platformDataSource() {
        return pool("platform", DatabaseRole.PLATFORM, settings.poolSize());
    }

    /**
     * What db-scheduler works with, outside of any scope. A pool of its own, so that requests which use up the pool of the
     * platform role hold back no heartbeat: an owner of a job that is late with it counts as dead. Each of its statements is
     * a transaction.
     */
    @Bean(defaultCandidate = false)
    HikariDataSource schedulerDataSource() {
        var config = config("scheduler", DatabaseRole.PLATFORM, SCHEDULER_CONNECTIONS);
        config.setAutoCommit(true);
        return new HikariDataSource(config);
    }

    @Bean(defaultCandidate = false)
    HikariDataSource keeperDataSource() {
        return pool("keeper", DatabaseRole.KEEPER, 1);
    }

    @Bean
    @Primary
    DataSource dataSource(
            @Qualifier("tenantDataSource") DataSource tenant,
            @Qualifier("platformDataSource") DataSource platform,
            @Qualifier("keeperDataSource") DataSource keeper) {
        return new RoleRoutingDataSource(
                Map.of(DatabaseRole.TENANT, tenant, DatabaseRole.PLATFORM, platform, DatabaseRole.KEEPER, keeper));
    }

    /**
     * Migrations run as the owner, whose connection is closed when they are done. They are the first to use the database, so
     * the logins are checked here.
     */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource ownerDataSource() {
        new LoginCheck(url, settings).check();
        var owner = DatabaseRole.OWNER;
        var source = new DriverManagerDataSource(url, owner.username(settings), owner.password(settings));
        var properties = new Properties();
        properties.setProperty(ERROR_DETAIL, "false");
        source.setConnectionProperties(properties);
        return source;
    }

    @Bean
    JpaVendorAdapter jpaVendorAdapter() {
        return new HibernateJpaVendorAdapter() {
            private final HibernateJpaDialect dialect = new ScopeBindingJpaDialect();

            @Override
            public HibernateJpaDialect getJpaDialect() {
                return dialect;
            }
        };
    }

    /** Hibernate has no scope to look at the database with when it starts: it is told what it would find. */
    @Bean
    HibernatePropertiesCustomizer noMetadataAccess() {
        return properties -> {
            properties.put("hibernate.boot.allow_jdbc_metadata_access", false);
            properties.put("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect");
            properties.put("jakarta.persistence.database-major-version", 15);
        };
    }

    @Bean
    PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
        return new ScopedTransactionManager(factory);
    }

    @Bean
    Turns turns() {
        return new Turns(
                settings.changesAtOnce(),
                settings.jobChangesAtOnce(),
                settings.changesBesideReadsAtOnce(),
                settings.connectionTimeout());
    }

    @Bean
    ScopedTransactions scopedTransactions(
            PlatformTransactionManager transactionManager, JdbcOperations jdbc, Turns turns) {
        return new ScopedTransactions(transactionManager, jdbc, turns);
    }

    private HikariDataSource pool(String name, DatabaseRole role, int size) {
        return new HikariDataSource(config(name, role, size));
    }

    private HikariConfig config(String name, DatabaseRole role, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(role.username(settings));
        config.setPassword(role.password(settings));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setAutoCommit(false);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty(ERROR_DETAIL, "false");
        config.addDataSourceProperty("ApplicationName", "misy-tenancy " + name);
        config.addDataSourceProperty("socketTimeout", "40");
        config.addDataSourceProperty("socketFactory", WatchedSocketFactory.class.getName());
        config.addDataSourceProperty("connectTimeout", "3");
        config.setInitializationFailTimeout(-1);
        meters.ifAvailable(config::setMetricRegistry);
        return config;
    }
}
