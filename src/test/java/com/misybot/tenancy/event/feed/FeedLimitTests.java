package com.misybot.tenancy.event.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.MovableClock;
import com.misybot.tenancy.embedded.Administrator;
import com.misybot.tenancy.event.CommittedEvents;
import com.misybot.tenancy.event.EventProblem;
import com.misybot.tenancy.event.EventSettings;
import com.misybot.tenancy.event.Happenings;
import com.misybot.tenancy.event.TypeFilter;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.web.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** How many may follow, and how late the feed is. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class FeedLimitTests {

    private static final int MOST = 5;
    private static final int MOST_OF_TENANT = 2;
    private static final EventSettings SETTINGS = new EventSettings(
            Duration.ofDays(1),
            Duration.ofMillis(100),
            MOST,
            MOST_OF_TENANT,
            16,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));

    private final Happenings happenings;
    private final FeedPages pages;
    private final Environment environment;
    private final FeedReader reader;
    private final Feed feed;
    private final List<Following> open = new ArrayList<>();

    FeedLimitTests(ApplicationContext context, FeedPages pages, Cursors cursors, Environment environment) {
        this.happenings = new Happenings(context);
        this.pages = pages;
        this.environment = environment;
        this.reader = new FeedReader(pages, SETTINGS, context.getBean(CommittedEvents.class));
        this.feed = new Feed(pages, cursors, reader, SETTINGS, new SimpleMeterRegistry());
    }

    @AfterEach
    void closeAll() {
        open.forEach(Following::close);
        reader.stop();
    }

    @Test
    void oneTenantTakesNoMoreThanItsPlacesAndLeavesThoseOfOthers() {
        var greedy = UUID.randomUUID();
        var modest = UUID.randomUUID();
        follow(greedy);
        var second = follow(greedy);
        refuses(greedy);
        refuses(greedy); // what was refused takes no place
        follow(modest);
        second.close();
        second.close(); // gives its place back once
        follow(greedy);
        refuses(greedy);
    }

    @Test
    void anInstanceHasSoManyPlacesAndGivesThemAgain() {
        for (var i = 0; i < MOST; i++) {
            follow(null);
        }
        refuses(null);
        refuses(UUID.randomUUID());
        assertThat(reader.followers()).isEqualTo(MOST);
        open.getFirst().close();
        follow(UUID.randomUUID());
        refuses(null);
        open.forEach(Following::close);
        assertThat(reader.followers()).isZero();
        for (var i = 0; i < MOST; i++) {
            follow(null);
        }
    }

    @Test
    void aStoppingServiceLetsNobodyIn() {
        reader.stop();
        refuses(null);
        reader.start();
        follow(null);
    }

    /** The horizon is one of the whole server: a writer in any database of it holds events back, and the metric tells. */
    @Test
    void aWriterInAnotherDatabaseHoldsTheFeedBackAndTheMetricTells() throws Exception {
        var administrator = Administrator.of(environment);
        var here = (DriverManagerDataSource) Objects.requireNonNull(administrator.getDataSource());
        administrator.execute("create database neighbour");
        try (var neighbour = new DriverManagerDataSource(
                        Objects.requireNonNull(here.getUrl()).replaceFirst("/tenancy\\b", "/neighbour"),
                        Objects.requireNonNull(here.getUsername()),
                        Objects.requireNonNull(here.getPassword()))
                .getConnection()) {
            var clock = MovableClock.standing();
            var meters = new SimpleMeterRegistry();
            var lag = new FeedLag(pages, clock, meters);
            var tenant = happenings.register().id();
            neighbour.setAutoCommit(false);
            try (var statement = neighbour.createStatement()) {
                statement.execute("create table long_work (n int)"); // takes a transaction id
            }
            var from = pages.horizon().end();
            happenings.happen(tenant, "held");
            org.awaitility.Awaitility.await().untilAsserted(() -> {
                clock.move(Duration.ofSeconds(6));
                assertThat(meters.get("tenancy.events.lag").timeGauge().value(TimeUnit.MILLISECONDS))
                        .isGreaterThan(200);
            });
            assertThat(pages.read(from, FeedPages.MOST).events())
                    .noneMatch(event -> event.event().tenant().equals(tenant)
                            && event.event().subject().equals("held"));
            neighbour.rollback();
            clock.move(Duration.ofSeconds(6));
            org.awaitility.Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(pages.read(from, FeedPages.MOST).events())
                                    .anyMatch(event -> event.event().tenant().equals(tenant)
                                            && event.event().subject().equals("held")));
            assertThat(lag).isNotNull(); // a gauge does not keep what it measures
        } finally {
            administrator.execute("drop database neighbour with (force)");
        }
    }

    private Following follow(@Nullable UUID tenant) {
        var following = feed.follow(feed.all(Reach.all(), Set.of(), TypeFilter.ALL, Feed.LATEST), tenant);
        open.add(following);
        return following;
    }

    private void refuses(@Nullable UUID tenant) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> follow(tenant))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo(EventProblem.TOO_MANY_STREAMS);
                    assertThat(refused.problem().code().status().value()).isEqualTo(503);
                });
    }
}
