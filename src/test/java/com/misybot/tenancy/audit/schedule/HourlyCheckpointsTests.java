package com.misybot.tenancy.audit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.audit.Checkpoint;
import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What every hour does to trails. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
@Order(2) // looks at all tenants: before other classes have made thousands
class HourlyCheckpointsTests {

    private final Api api;
    private final HourlyCheckpoints hourly;
    private final Checkpoints checkpoints;

    HourlyCheckpointsTests(ApplicationContext context, HourlyCheckpoints hourly, Checkpoints checkpoints) {
        this.api = Api.operator(context);
        this.hourly = hourly;
        this.checkpoints = checkpoints;
    }

    /** A run that nothing interrupts. */
    private record Calm() implements JobRun {

        @Override
        public JobId id() {
            throw new UnsupportedOperationException("A recurring job does not ask");
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public void checkpoint() {
            // goes on
        }

        @Override
        public void confirm() {
            // is its owner
        }
    }

    @Test
    void signsTheHeadOfEachTrailThatHasNewEntries() {
        var slug = Api.freeSlug();
        var tenant = UUID.fromString(api.post("/tenants", Api.tenant(slug)).text("/id"));

        hourly.run(new Calm());
        hourly.run(new Calm());
        assertThat(signed(tenant)).containsExactly(2L);

        api.patch("/tenants/" + slug, "{\"labels\":{\"a\":\"b\"}}", "If-Match", "*");
        api.patch("/tenants/" + slug, "{\"labels\":{\"a\":\"c\"}}", "If-Match", "*");
        hourly.run(new Calm());
        assertThat(signed(tenant)).containsExactly(4L, 2L);
    }

    @Test
    void signsTheTrailOfThePlatform() {
        api.post("/plans", "{\"id\":\"%s\",\"name\":\"Hourly\"}".formatted(Api.freeSlug()));

        hourly.run(new Calm());

        assertThat(checkpoints.list(Scope.NIL, Long.MAX_VALUE, 1)).isNotEmpty();
    }

    private Iterable<Long> signed(UUID tenant) {
        return checkpoints.list(tenant, Long.MAX_VALUE, 10).stream()
                .map(Checkpoint::seq)
                .toList();
    }
}
