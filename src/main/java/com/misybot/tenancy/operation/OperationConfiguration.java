package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.EventTypes;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobHandlerSource;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.operation.job.RecurringJob;
import com.misybot.tenancy.web.ExpiredIdempotencyRecords;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class OperationConfiguration {

    @Bean
    OperationJson operationJson(JsonMapper json) {
        return new OperationJson(json);
    }

    @Bean
    OperationStore operationStore(JdbcClient jdbc, OperationJson json) {
        return new OperationStore(jdbc, json);
    }

    @Bean
    OperationHandlers operationHandlers(ObjectProvider<OperationHandler> handlers) {
        return new OperationHandlers(handlers);
    }

    @Bean
    OperationWatch operationWatch(ScopedTransactions transactions, OperationStore store, OperationSettings settings) {
        return new OperationWatch(transactions, store, settings.refreshInterval());
    }

    @Bean
    Operations operations(
            OperationStore store,
            OperationHandlers handlers,
            OperationWatch watch,
            Jobs jobs,
            ScopedTransactions transactions,
            ApplicationEventPublisher changes,
            Clock clock,
            OperationSettings settings) {
        return new Operations(store, handlers, watch, jobs, transactions, changes, clock, settings);
    }

    @Bean
    JobHandlerSource operationJobs(
            OperationHandlers handlers,
            OperationStore store,
            OperationJson json,
            Operations operations,
            ScopedTransactions transactions,
            Clock clock,
            OperationSettings settings) {
        return () -> handlers.all().stream()
                .map(handler -> new OperationJob(handler, store, json, operations, transactions, clock, settings))
                .toList();
    }

    @Bean
    ExpiredOperations expiredOperations(
            OperationStore store, ScopedTransactions transactions, OperationSettings settings) {
        return new ExpiredOperations(store, transactions, settings.retention());
    }

    @Bean
    ExpiredResults expiredResults(
            ObjectProvider<TenantResults> kinds, OperationStore store, ScopedTransactions transactions) {
        return new ExpiredResults(kinds.orderedStream().toList(), store, transactions);
    }

    @Bean
    RecurringJob expiredIdempotencyRecordsJob(ExpiredIdempotencyRecords records) {
        return new ExpiredRecordsJob(records);
    }

    @Bean
    EventTypes operationEventTypes() {
        return new OperationEventTypes();
    }
}
