package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import com.misybot.tenancy.kernel.LastStatements;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.Turns;
import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes tenants in a process that starts in a second, because it is there to be killed: what writes entries and events is the
 * service's own, and of the rest there is no more than they need. Writes a line for every change that is committed.
 */
@ComponentScan(
        basePackages = {"com.misybot.tenancy.audit", "com.misybot.tenancy.event"},
        useDefaultFilters = false,
        includeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = {
                            "com\\.misybot\\.tenancy\\.audit\\.(Trail|EntryRows|Details)",
                            "com\\.misybot\\.tenancy\\.event\\.Event(Writer|Rows|Store|Catalogue)",
                            "com\\.misybot\\.tenancy\\.event\\.CommittedEvents"
                        }))
class Writer {

    private static final int THREADS = 4;

    /** Arguments: where, with which password, and the tenants. */
    public static void main(String[] arguments) {
        System.setProperty("writer.url", arguments[0]);
        System.setProperty("writer.password", arguments[1]);
        var tenants = Arrays.stream(arguments).skip(2).map(UUID::fromString).toList();
        var context = new AnnotationConfigApplicationContext(Writer.class);
        for (var i = 0; i < THREADS; i++) {
            Thread.ofPlatform().start(() -> write(context, tenants));
        }
    }

    private static void write(AnnotationConfigApplicationContext context, List<UUID> tenants) {
        var transactions = context.getBean(ScopedTransactions.class);
        var jdbc = context.getBean(JdbcClient.class);
        while (true) {
            var tenant = tenants.get(ThreadLocalRandom.current().nextInt(tenants.size()));
            transactions.change(Scope.tenant(tenant), () -> change(tenant, jdbc, context));
            System.out.println(tenant);
        }
    }

    private static Void change(UUID tenant, JdbcClient jdbc, ApplicationEventPublisher changes) {
        jdbc.sql("update tenant set version = version + 1 where id = ?")
                .param(tenant)
                .update();
        changes.publishEvent(new Change(
                UuidCreator.getTimeOrderedEpoch(),
                tenant,
                "tenant.updated",
                "killed",
                new TreeMap<>(Map.of("version", Difference.of(1, 2))),
                Cause.of(Actor.system("writer")),
                Instant.now().truncatedTo(ChronoUnit.MICROS)));
        return null;
    }

    @Bean
    HikariDataSource dataSource() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(System.getProperty("writer.url"));
        pool.setUsername("tenancy_tenant");
        pool.setPassword(System.getProperty("writer.password"));
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(THREADS);
        pool.addDataSourceProperty("ApplicationName", "writer");
        return pool;
    }

    @Bean
    ScopedTransactions transactions(DataSource source, JdbcTemplate jdbc) {
        return new ScopedTransactions(
                new BoundTransactions(source), jdbc, new Turns(10, 10, 10, Duration.ofSeconds(5)));
    }

    @Bean
    LastStatements lastStatements(JdbcTemplate jdbc) {
        return new LastStatements(jdbc);
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource source) {
        return new JdbcTemplate(source);
    }

    @Bean
    JdbcClient jdbcClient(JdbcTemplate jdbc) {
        return JdbcClient.create(jdbc);
    }

    @Bean
    JsonMapper json() {
        return JsonMapper.shared();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    EventTypes types() {
        return () -> List.of(EventType.of("tenant.updated", "A tenant was changed.", "the writer's word"));
    }

    /** Binds the scope as the service does, without Hibernate. */
    private static final class BoundTransactions extends DataSourceTransactionManager {

        private static final long serialVersionUID = 1L;

        BoundTransactions(DataSource source) {
            super(source);
            setTransactionSynchronization(SYNCHRONIZATION_ON_ACTUAL_TRANSACTION);
        }

        @Override
        protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
                throws SQLException {
            super.prepareTransactionalConnection(connection, definition);
            if (Scope.current() instanceof Scope.Tenant scope) {
                assertThat(definition.getName()).isEqualTo(ScopedTransactions.LOCKING);
                try (var statement = connection.prepareStatement(
                        "select set_config('tenancy.tenant', ?, true), " + ScopedTransactions.TAKE_LOCK)) {
                    statement.setString(1, scope.tenant().toString());
                    statement.setString(2, scope.tenant().toString());
                    statement.execute();
                }
            }
        }
    }
}
