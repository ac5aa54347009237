package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.CurrentTenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sets the library up by hand. Its starter would schedule through its own connection, and know one data source where we
 * have two: that of the current transaction to schedule with, that of the scheduler to poll with.
 */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    private final Jobs.WakeUp wakeUp = new Jobs.WakeUp();
    private final JobData data = new JobData();

    @Bean
    Jobs jobs(JdbcOperations jdbc) {
        return new Jobs(jdbc, data, wakeUp);
    }

    @Bean
    JobScheduler jobScheduler(
            @Qualifier("schedulerDataSource") DataSource database,
            JdbcOperations transactional,
            Clock clock,
            JobSettings settings,
            MeterRegistry meters,
            ObservationRegistry observations,
            ObjectProvider<CurrentTenant.Directory> tenants,
            ObjectProvider<JobHandler<?>> handlers,
            ObjectProvider<JobHandlerSource> sources,
            ObjectProvider<RecurringJob> recurring) {
        var jdbc = new JdbcTemplate(database);
        var databaseClock = new DatabaseClock(database, clock, System::nanoTime);
        return new JobScheduler(
                database,
                jdbc,
                databaseClock,
                settings,
                data,
                wakeUp,
                new JobMetrics(meters, jdbc, databaseClock),
                new JobTasks(transactional, wakeUp, new JobObservation(observations), id -> find(tenants, id)),
                Stream.concat(
                                handlers.orderedStream(),
                                sources.orderedStream().flatMap(source -> source.handlers().stream()))
                        .toList(),
                recurring.orderedStream().toList());
    }

    /** Asked for at run time: who knows tenants may need jobs itself. */
    private static Optional<CurrentTenant> find(ObjectProvider<CurrentTenant.Directory> tenants, UUID id) {
        var directory = tenants.getIfAvailable();
        return directory == null ? Optional.empty() : directory.find(id);
    }
}
