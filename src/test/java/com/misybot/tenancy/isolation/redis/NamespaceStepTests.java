package com.misybot.tenancy.isolation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Outcome;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Provisioned;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** The namespace of a tenant that was set up and never had a user. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class NamespaceStepTests {

    private final Api api;
    private final NamespaceStep step;
    private final NamespaceRows rows;
    private final ScopedTransactions transactions;

    NamespaceStepTests(
            ApplicationContext context, NamespaceStep step, NamespaceRows rows, ScopedTransactions transactions) {
        this.api = Api.operator(context);
        this.step = step;
        this.rows = rows;
        this.transactions = transactions;
    }

    private UUID registered() {
        return UUID.fromString(api.post("/tenants", Api.tenant(Api.freeSlug())).text("/id"));
    }

    private static Provisioned provisioned(UUID tenant) {
        return new Provisioned(tenant, new TenantId("some-tenant"), tenant, "namespaces", 1);
    }

    private boolean isLookedFor(UUID tenant) {
        return transactions.read(Scope.tenant(tenant), () -> rows.next(null, 10)).stream()
                .anyMatch(row -> row.tenant().equals(tenant));
    }

    @Test
    void isNotLookedForInRedisUntilItHasAUser() {
        var tenant = registered();
        assertThat(isLookedFor(tenant)).isFalse();

        transactions.change(Scope.tenant(tenant), () -> {
            rows.issue(tenant, new byte[32], Actor.system("test"));
            return tenant;
        });

        assertThat(isLookedFor(tenant)).isTrue();
        // a row that had a user stays, and the step may be done again beside it
        transactions.change(Scope.tenant(tenant), () -> {
            assertThat(step.run(provisioned(tenant))).isEqualTo(Outcome.completed());
            assertThat(step.compensate(provisioned(tenant))).isEqualTo(Outcome.completed());
            return tenant;
        });
        assertThat(isLookedFor(tenant)).isTrue();
    }

    @Test
    void isUndoneAndDoneAnyNumberOfTimes() {
        var tenant = registered();
        transactions.change(Scope.tenant(tenant), () -> {
            step.run(provisioned(tenant));
            step.run(provisioned(tenant));
            assertThat(rows.find(tenant)).isPresent();
            step.compensate(provisioned(tenant));
            step.compensate(provisioned(tenant));
            assertThat(rows.find(tenant)).isEmpty();
            step.run(provisioned(tenant));
            assertThat(rows.find(tenant)).isPresent();
            return tenant;
        });
    }
}
