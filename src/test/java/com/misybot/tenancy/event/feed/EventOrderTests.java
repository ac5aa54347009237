package com.misybot.tenancy.event.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.embedded.Administrator;
import com.misybot.tenancy.event.Event;
import com.misybot.tenancy.event.Happenings;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.event.TypeFilter;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Every committed change has its event, once, and is read in an order in which nothing is overtaken. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class EventOrderTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Happenings happenings;
    private final Feed feed;
    private final FeedPages pages;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final Environment environment;

    EventOrderTests(
            ApplicationContext context,
            Feed feed,
            FeedPages pages,
            ScopedTransactions transactions,
            JdbcClient jdbc,
            Environment environment) {
        this.happenings = new Happenings(context);
        this.feed = feed;
        this.pages = pages;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.environment = environment;
    }

    @Test
    void commitsThatOvertakeAnotherForThreeSecondsLoseNothingAndTellNothingTwice() throws Exception {
        var slow = happenings.register().id();
        var fast = happenings.register().id();
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var told = Collections.synchronizedList(new ArrayList<UUID>());
        var naive = Collections.synchronizedList(new ArrayList<UUID>());
        var expected = new HashSet<UUID>();
        var over = new AtomicBoolean();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var following = follow()) {
            var reading = threads.submit(() -> {
                var latest = System.nanoTime() + LONG.toNanos();
                while ((!over.get() || !told.containsAll(expected)) && System.nanoTime() < latest) {
                    following.next(Duration.ofMillis(50)).stream()
                            .map(FeedEvent::event)
                            .filter(event -> Set.of(slow, fast).contains(event.tenant()))
                            .forEach(event -> told.add(event.id()));
                }
                return null;
            });
            var naivelyReading = threads.submit(() -> naivelyById(naive, Set.of(slow, fast), over));
            var overtaken = threads.submit(() -> happenings.happen(slow, "slow", () -> {
                begun.countDown();
                await(mayEnd);
            }));
            begun.await();
            var end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (System.nanoTime() < end) {
                expected.add(happenings.happen(fast, "fast"));
                Thread.onSpinWait();
                assertThat(told).as("what is overtaken may still come").isEmpty();
            }
            mayEnd.countDown();
            expected.add(overtaken.get());
            expected.add(happenings.happen(fast, "afterwards"));
            over.set(true);
            CompletableFuture.supplyAsync(() -> result(reading), threads)
                    .get(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
            naivelyReading.get();
        }

        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(naive).as("a cursor of ids loses what was overtaken").isNotEmpty();
        assertThat(expected).isNotEqualTo(new HashSet<>(naive));
    }

    /** Reads what has a greater id than the last one seen, as one would who knows nothing of transactions. */
    private Object naivelyById(List<UUID> seen, Set<UUID> tenants, AtomicBoolean over) {
        var last = new UUID(0, 0);
        var rounds = 0;
        while (!over.get() || rounds++ < 3) {
            var after = last;
            var next = transactions.read(
                    Scope.platform(),
                    () -> jdbc.sql("select id, tenant from event where id > ? and tenant = any (?::uuid[]) and type = ?"
                                    + " order by id")
                            .params(after, tenants.stream().map(UUID::toString).toArray(String[]::new), Happenings.TYPE)
                            .query((row, _) -> row.getObject("id", UUID.class))
                            .list());
            if (!next.isEmpty()) {
                seen.addAll(next);
                last = next.getLast();
            }
        }
        return seen;
    }

    @Test
    void thirtyTwoWritersOfOneTenantLeaveNoGapThoughSomeRollBack() throws Exception {
        var tenant = happenings.register().id();
        var committed = Collections.synchronizedSet(new HashSet<UUID>());
        try (var threads = Executors.newFixedThreadPool(32)) {
            var work = IntStream.range(0, 32)
                    .mapToObj(writer -> threads.submit(() -> {
                        for (var i = 0; i < 10; i++) {
                            var undone = (writer + i) % 10 == 0;
                            try {
                                committed.add(happenings.happen(tenant, "w" + writer, () -> {
                                    if (undone) {
                                        throw new Undone();
                                    }
                                }));
                            } catch (Undone expected) {
                                // as intended
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (var one : work) {
                one.get();
            }
        }

        var events = events(tenant);
        assertThat(events.stream().skip(2).map(Event::id)).containsExactlyInAnyOrderElementsOf(committed);
        assertThat(events.stream().map(Event::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, committed.size() + 2).boxed().toList());
        assertThat(events.stream().map(Event::position)).isSorted();
    }

    @Test
    void aConnectionThatIsCutLeavesNeitherTheChangeNorItsEvent() {
        var tenant = happenings.register().id();
        var administrator = Administrator.of(environment);

        assertThatThrownBy(() -> happenings.happen(tenant, "cut", () -> {
                    var process = jdbc.sql("select pg_backend_pid()")
                            .query(Integer.class)
                            .single();
                    administrator.queryForList("select pg_terminate_backend(?)", process);
                }))
                .isInstanceOf(RuntimeException.class);
        happenings.happen(tenant, "whole");

        assertThat(events(tenant).stream().map(Event::subject))
                .endsWith("whole")
                .doesNotContain("cut");
        assertThat(events(tenant).getLast().sequence()).isEqualTo(3);
    }

    @Test
    void manyChangesOfOneTransactionKeepTheirOrder() {
        var tenant = happenings.register().id();
        transactions.change(Scope.tenant(tenant), () -> {
            for (var i = 0; i < 2_500; i++) {
                happenings.tell(tenant, Happenings.TYPE, "" + i);
            }
            return true;
        });

        var events = events(tenant);
        assertThat(events.stream().skip(2).map(Event::subject))
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_500).mapToObj(Integer::toString).toList());
        assertThat(events.stream().map(Event::position)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatHasNotTheLockOfItsTenantIsRefused() {
        var tenant = happenings.register().id();
        var other = happenings.register().id();

        assertThatThrownBy(() -> happenings.tell(tenant, Happenings.TYPE, "x"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        transactions.change(Scope.tenant(other), () -> happenings.tell(tenant, Happenings.TYPE, "x")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        transactions.change(Scope.platform(), () -> happenings.tell(Scope.NIL, Happenings.TYPE, "x")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theFirstEventOfTheOldestRunningTransactionIsNotPassedOver() throws Exception {
        var tenant = happenings.register().id();
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.submit(() -> happenings.happen(tenant, "running", () -> {
                begun.countDown();
                await(mayEnd);
            }));
            begun.await();
            Position at = Position.START;
            FeedPages.Page page;
            do {
                page = pages.read(at.equals(Position.START) ? pages.horizon().pruned() : at, FeedPages.MOST);
                at = page.after();
            } while (!page.complete());
            mayEnd.countDown();
            var id = running.get();

            var next = pages.read(at, FeedPages.MOST);

            assertThat(next.events().stream().map(event -> event.event().id())).contains(id);
        }
    }

    private Following follow() {
        return feed.follow(feed.all(Reach.all(), Set.of(), TypeFilter.ALL, Feed.LATEST), null);
    }

    private List<Event> events(UUID tenant) {
        var all = new ArrayList<Event>();
        List<FeedEvent> page;
        do {
            page = pages.read(tenant, all.isEmpty() ? 0 : all.getLast().sequence(), FeedPages.MOST);
            page.forEach(event -> all.add(event.event()));
        } while (page.size() == FeedPages.MOST);
        return all;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object result(java.util.concurrent.Future<?> future) {
        try {
            return String.valueOf(future.get());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
