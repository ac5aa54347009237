package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is left when something dies on the way. */
class OnboardingFaultTests extends OnboardingFixture {

    /** The registration dies after all is written and before it commits, and is done again. */
    @Test
    void registersOnceWhenARunDiesInTheMiddle() {
        var anna = Applicant.fresh();
        proven(anna);
        Dying.in(anna.slug());
        approve(anna);

        awaitState(anna, "REGISTERED");

        assertThat(Dying.died(anna.slug())).isTrue();
        assertOneTenant(anna);
    }

    /** The process dies between approval and registration, and its job is lost with the database's memory of it. */
    @Test
    void registersWhatWasApprovedAndHasNoJob() {
        var anna = Applicant.fresh();
        proven(anna);
        platform(
                "update onboarding_application set state = 'APPROVED', decided_by = 'operator:gone', state_since = now() - interval '1 minute' where host = ?",
                anna.host());

        awaitState(anna, "REGISTERED");

        assertOneTenant(anna);
    }

    /** A paused run wakes up beside its successor. */
    @Test
    void registersOnceWhenTwoRunsDoSoAtOnce() throws Exception {
        var anna = Applicant.fresh();
        proven(anna);
        platform(
                "update onboarding_application set state = 'APPROVED', decided_by = 'operator:gone' where host = ?",
                anna.host());
        var run = new Run(new JobId(Scope.NIL, UUID.fromString(id(anna))));
        var registering = context.getBean(Registering.class);
        Callable<Void> one = () -> Scope.platformRows().call(() -> {
            registering.run(run, new JobType.NoData());
            return null;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(java.util.List.of(one, one, one))) {
                done.get();
            }
        }

        awaitState(anna, "REGISTERED");
        assertOneTenant(anna);
    }

    @Test
    void sendsWhatItCouldNotSendOnceTheMailServerIsBack() {
        var anna = Applicant.fresh();
        MAIL.stop();
        try {
            apply(anna);
            await().untilAsserted(() -> assertThat(failures()).isPositive());
            assertThat(state(anna)).isEqualTo("SUBMITTED");
        } finally {
            MAIL.start();
        }

        verify(anna);
        assertThat(application(anna).text("/mail/outcome")).isEqualTo("SENT");
    }

    private long failures() {
        return transactions.read(
                Scope.platform(), () -> jdbc.sql("""
                select coalesce(max(consecutive_failures), 0) from scheduled_tasks where task_name = 'onboarding.mail'
                """).query(Long.class).single());
    }

    private void assertOneTenant(Applicant applicant) {
        var found = api().get("/tenants?domain=" + applicant.host());
        assertThat(found.json().at("/items")).as(found.toString()).hasSize(1);
        var tenant = UUID.fromString(found.text("/items/0/id"));
        assertThat(application(applicant).text("/tenant")).isEqualTo(tenant.toString());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !tokens(applicant, OnboardingPaths.SECRET).isEmpty());
        assertThat(tokens(applicant, OnboardingPaths.SECRET)).hasSize(1);
        assertThat(transactions.read(
                        Scope.tenant(tenant),
                        () -> jdbc.sql("select count(*) from event where type = 'tenant.created' and tenant = ?")
                                .param(tenant)
                                .query(Long.class)
                                .single()))
                .isEqualTo(1);
    }

    private record Run(JobId id) implements JobRun {

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public void checkpoint() {}

        @Override
        public void confirm() {}
    }
}
