package com.misybot.tenancy.context.propagation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

class CurrentTenantTests extends PropagationFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CurrentTenant tenant = anyTenant();
    private final CurrentTenant other = anyTenant();

    @Autowired
    private TaskScheduler scheduler;

    /** Tests before may have left a word on this thread. */
    @BeforeEach
    void beginWithNobody() {
        LogContext.clear();
    }

    @Test
    void holdsForTheDurationOfACallAndInLogs() throws IOException {
        assertThat(here()).isEqualTo(NOBODY);
        var seen = tenant.<List<String>, IOException>call(
                () -> List.of(here(), other.<String, IOException>call(PropagationFixture::here), here()));
        assertThat(seen).containsExactly(at(tenant), at(other), at(tenant));
        assertThatThrownBy(() -> tenant.call(() -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(IOException.class);
        assertThat(here()).isEqualTo(NOBODY);
    }

    @Test
    void reachesThreadsThatItIsCarriedTo() throws Exception {
        var seen = new CompletableFuture<String>();
        tenant.run(() -> Thread.startVirtualThread(CurrentTenant.carried(() -> {
            seen.complete(here());
        })));
        assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(at(tenant));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = tenant.call(() -> threads.submit(CurrentTenant.carried(PropagationFixture::here)));
            assertThat(answer.get()).isEqualTo(at(tenant));
        }
    }

    @Test
    void reachesTheExecutorOfTheService(@Autowired AsyncTaskExecutor executor) throws Exception {
        var seen = new CompletableFuture<String>();
        tenant.run(() -> executor.execute(() -> seen.complete(here())));
        assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(at(tenant));
    }

    @Test
    void reachesAsyncMethodsAndAsyncListeners() throws Exception {
        assertThat(tenant.call(elsewhere::here).get(20, TimeUnit.SECONDS)).isEqualTo(at(tenant));
        assertThat(elsewhere.here().get(20, TimeUnit.SECONDS)).isEqualTo(NOBODY);

        var asked = new Asked(new CompletableFuture<>());
        tenant.run(() -> context.publishEvent(asked));
        assertThat(asked.answer().get(20, TimeUnit.SECONDS)).isEqualTo(at(tenant));
    }

    @Test
    void reachesWhatIsScheduledEachTimeItRuns() throws Exception {
        var once = new CompletableFuture<String>();
        var scheduled = tenant.call(() -> scheduler.schedule(() -> once.complete(here()), Instant.now()));
        assertThat(once.get(20, TimeUnit.SECONDS)).isEqualTo(at(tenant));
        scheduled.cancel(false);

        var seen = new CopyOnWriteArrayList<String>();
        var repeated =
                tenant.call(() -> scheduler.scheduleWithFixedDelay(() -> seen.add(here()), Duration.ofMillis(1)));
        var nobodys = new CopyOnWriteArrayList<String>();
        var unrelated = scheduler.scheduleAtFixedRate(() -> nobodys.add(here()), Duration.ofMillis(1));
        await().atMost(PATIENCE).until(() -> seen.size() > 2 && nobodys.size() > 2);
        repeated.cancel(false);
        unrelated.cancel(false);

        assertThat(seen).containsOnly(at(tenant));
        assertThat(nobodys).containsOnly(NOBODY);
    }

    @Test
    void reachesWhatIsScheduledInWhateverWay() throws Exception {
        var soon = Duration.ofMillis(1);
        List<Function<Runnable, @Nullable ScheduledFuture<?>>> ways = List.of(
                task -> scheduler.schedule(task, Instant.now()),
                task -> scheduler.schedule(task, new PeriodicTrigger(soon)),
                task -> scheduler.scheduleAtFixedRate(task, soon),
                task -> scheduler.scheduleAtFixedRate(task, Instant.now(), soon),
                task -> scheduler.scheduleWithFixedDelay(task, soon),
                task -> scheduler.scheduleWithFixedDelay(task, Instant.now(), soon));
        for (var way : ways) {
            var seen = new CompletableFuture<String>();
            var scheduled = tenant.call(() -> way.apply(() -> seen.complete(here())));
            assertThat(seen.get(20, TimeUnit.SECONDS))
                    .as("way %d", ways.indexOf(way))
                    .isEqualTo(at(tenant));
            requireNonNull(scheduled).cancel(false);
        }
    }

    @Test
    void isNotLeftForTheNextTaskOfAThread() throws Exception {
        try (var thread = Executors.newSingleThreadExecutor()) {
            var first = tenant.call(() -> thread.submit(CurrentTenant.carried(PropagationFixture::here)));
            var second = thread.submit(PropagationFixture::here);
            var third = other.call(() -> thread.submit(CurrentTenant.carried(PropagationFixture::here)));
            assertThat(List.of(first.get(), second.get(), third.get())).containsExactly(at(tenant), NOBODY, at(other));
        }
    }

    @Test
    void isNotThatOfWhoeverLendsItsThread() {
        var seen = new CopyOnWriteArrayList<String>();
        var nobodys = CurrentTenant.carried(() -> {
            seen.add(CurrentTenant.current().isPresent() ? "somebody's" : "nobody's");
        });
        tenant.run(nobodys);
        assertThat(seen).containsExactly("nobody's");
    }

    @Test
    void doesNotCarryAScope() throws Exception {
        var bound = new CompletableFuture<Boolean>();
        Scope.platform().call(() -> {
            tenant.run(() -> Thread.startVirtualThread(CurrentTenant.carried(() -> {
                bound.complete(Scope.isBound());
            })));
            return "";
        });
        assertThat(bound.get(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void isFoundByTheUuidThatAJobCarries(@Autowired CurrentTenant.Directory tenants) {
        var registered = registered();
        assertThat(tenants.find(registered.id())).contains(registered);
        assertThat(tenants.find(UUID.randomUUID())).isEmpty();
    }
}
