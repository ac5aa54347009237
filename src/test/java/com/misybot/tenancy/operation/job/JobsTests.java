package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

@SpringBootTest(
        classes = {JobTestApplication.class, JobsTests.Noting.class},
        webEnvironment = WebEnvironment.NONE,
        properties = "tenancy.operation.job.poll-interval=1h")
class JobsTests {

    private static final JobType<Note> NOTED = new JobType<>("test.noted", Note.class);
    private static final Duration LONG_BEFORE_THE_POLL = Duration.ofSeconds(10);
    private static final String INSERT =
            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version) values ('test.noted', ?, now() + interval '1 day', ?, 1)";

    private final UUID tenant = UUID.randomUUID();
    private final JobId id = new JobId(tenant, UUID.randomUUID());

    @Autowired
    Jobs jobs;

    @Autowired
    ScopedTransactions transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Notes notes;

    record Note(UUID subject) {}

    record Noted(JobId id, Note note, Scope scope) {}

    static class Notes extends LinkedBlockingQueue<Noted> implements JobHandler<Note> {
        @Override
        public JobType<Note> type() {
            return NOTED;
        }

        @Override
        public void run(JobRun run, Note data) {
            add(new Noted(run.id(), data, Scope.current()));
        }
    }

    static class Noting {
        @Bean
        Notes notes() {
            return new Notes();
        }
    }

    @Test
    void runsADueJobAsSoonAsItsTransactionHasCommittedInTheScopeOfItsTenant() {
        var note = new Note(UUID.randomUUID());

        inTenant(() -> jobs.schedule(NOTED, id, note));

        await().atMost(LONG_BEFORE_THE_POLL)
                .untilAsserted(() -> assertThat(notes).contains(new Noted(id, note, Scope.tenant(tenant))));
        await().atMost(LONG_BEFORE_THE_POLL)
                .untilAsserted(() -> assertThat(rows(id)).isZero());
    }

    @Test
    void leavesNothingOfATransactionThatIsRolledBack() {
        assertThatThrownBy(() -> inTenant(() -> {
                    jobs.schedule(NOTED, id, new Note(tenant));
                    throw new UnsupportedOperationException("changed my mind");
                }))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(rows(id)).isZero();
    }

    @Test
    void wakesTheSchedulerAfterTheCommitAndNotBefore() {
        var checks = new AtomicInteger();
        var wakeUp = new Jobs.WakeUp();
        wakeUp.to(checks::incrementAndGet);
        var observed = new Jobs(jdbc, new JobData(), wakeUp);

        inTenant(() -> {
            observed.schedule(NOTED, id, new Note(tenant), Instant.now().plusSeconds(3600));
            observed.schedule(
                    NOTED,
                    new JobId(tenant, UUID.randomUUID()),
                    new Note(tenant),
                    Instant.now().plusSeconds(3600));
            assertThat(checks).hasValue(0);
            return null;
        });

        assertThat(checks).hasValue(1);
    }

    @Test
    void aDuplicateLeavesTheFirstJobAndTheTransactionAsTheyAre() {
        var at = Instant.parse("2100-01-01T00:00:00Z");

        inTenant(() -> {
            assertThat(jobs.schedule(NOTED, id, new Note(tenant), at)).isTrue();
            assertThat(jobs.schedule(NOTED, id, new Note(tenant), at.plusSeconds(1)))
                    .isFalse();
            return jdbc.queryForObject("select 1", Integer.class);
        });

        assertThat(platform(() -> jdbc.queryForObject(
                        "select execution_time from scheduled_tasks where task_instance = ?",
                        java.time.OffsetDateTime.class,
                        id.toString())))
                .satisfies(due -> assertThat(due.toInstant()).isEqualTo(at));
    }

    @Test
    void refusesToScheduleWithoutATransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Scope.tenant(tenant).call(() -> jobs.schedule(NOTED, id, new Note(tenant))));
    }

    @Test
    void refusesAJobOfAnotherTenantInATenantsScope() {
        var foreign = new JobId(UUID.randomUUID(), UUID.randomUUID());

        assertThatIllegalStateException()
                .isThrownBy(() -> inTenant(() -> jobs.schedule(NOTED, foreign, new Note(tenant))));
    }

    @Test
    void schedulesForAnyTenantInThePlatformsScope() {
        platform(() -> jobs.schedule(NOTED, id, new Note(tenant)));

        await().atMost(LONG_BEFORE_THE_POLL)
                .untilAsserted(() -> assertThat(notes).extracting(Noted::id).contains(id));
    }

    @Test
    void theDatabaseRefusesATenantTheJobOfAnother() {
        var foreign = new JobId(UUID.randomUUID(), UUID.randomUUID());

        assertRefused(() -> jdbc.update(INSERT, foreign.toString(), false), "row-level security");
    }

    @Test
    void theDatabaseRefusesAJobWhoseOwnerOnlyBeginsLikeTheTenant() {
        assertRefused(() -> jdbc.update(INSERT, tenant + "0:" + UUID.randomUUID(), false), "row-level security");
    }

    @Test
    void theDatabaseRefusesATenantAJobThatLooksPicked() {
        assertRefused(() -> jdbc.update(INSERT, id.toString(), true), "row-level security");
    }

    @Test
    void theDatabaseRefusesATenantToMoveOrRemoveJobs() {
        assertRefused(() -> jdbc.update("delete from scheduled_tasks"), "permission denied");
        assertRefused(() -> jdbc.update("update scheduled_tasks set version = 7"), "permission denied");
    }

    @Test
    void aTenantSeesItsOwnJobsOnly() {
        var other = new JobId(UUID.randomUUID(), UUID.randomUUID());
        var later = Instant.now().plusSeconds(3600);
        platform(() -> jobs.schedule(NOTED, other, new Note(tenant), later));
        inTenant(() -> jobs.schedule(NOTED, id, new Note(tenant), later));

        assertThat(inTenant(() -> jdbc.queryForList("select task_instance from scheduled_tasks", String.class)))
                .containsExactly(id.toString());
    }

    private void assertRefused(Supplier<?> statement, String words) {
        assertThatThrownBy(() -> inTenant(statement))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining(words);
    }

    private long rows(JobId job) {
        return platform(() -> jdbc.queryForObject(
                "select count(*) from scheduled_tasks where task_instance = ?", Long.class, job.toString()));
    }

    private <T> T inTenant(Supplier<T> work) {
        return transactions.change(Scope.tenant(tenant), work);
    }

    private <T> T platform(Supplier<T> work) {
        return transactions.change(Scope.platform(), work);
    }
}
