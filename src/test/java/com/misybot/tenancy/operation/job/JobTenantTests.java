package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.LogLines;
import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class JobTenantTests extends JobSchedulerFixture {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void worksForTheTenantOfTheJobAsItIsNow() {
        tenants = asked -> asked.equals(id.tenant())
                ? Optional.of(CurrentTenant.of(asked, new TenantId("acme-dental"), 7))
                : Optional.empty();
        try (var lines = LogLines.of("com.misybot.tenancy.operation.job")) {
            run();

            assertThat(seen).containsExactly("7 acme-dental", "7 acme-dental");
            assertThat(lines.with("Job " + type.name()))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMDCPropertyMap()).containsEntry("tenant", "acme-dental"));
        }
    }

    @Test
    void runsForNobodyInParticularWhereTheTenantIsNotKnown() {
        run();
        assertThat(seen).containsExactly("none null", "none null");
    }

    @Test
    void runsWhereTheTenantCannotBeFoundOut() {
        tenants = _ -> {
            throw new IllegalStateException("away");
        };
        run();
        assertThat(seen).containsExactly("none null", "none null");
    }

    /** Fails once and is done the second time. */
    private void run() {
        instance(handler(run -> {
                    seen.add(CurrentTenant.current()
                                    .map(tenant -> Long.toString(tenant.version()))
                                    .orElse("none")
                            + " " + LogContext.tenant());
                    if (run.attempt() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                }))
                .start();
        schedule();
        await().atMost(PATIENCE).until(() -> rows() == 0);
    }
}
