package com.misybot.tenancy.event.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.event.EventProblem;
import com.misybot.tenancy.event.Happenings;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.event.TypeFilter;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.web.ProblemException;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What is old goes, and nobody misses it unawares. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class EventRetentionTests {

    private final Happenings happenings;
    private final Feed feed;
    private final FeedPages pages;
    private final ExpiredEvents expired;
    private final FeedEpoch epoch;
    private final JdbcTemplate owner;

    EventRetentionTests(
            ApplicationContext context,
            Feed feed,
            FeedPages pages,
            ExpiredEvents expired,
            FeedEpoch epoch,
            @Qualifier("ownerDataSource") DataSource owner) {
        this.happenings = new Happenings(context);
        this.feed = feed;
        this.pages = pages;
        this.expired = expired;
        this.epoch = epoch;
        this.owner = new JdbcTemplate(owner);
    }

    @Test
    void deletesWhatIsOldAndGoesOnCountingWhereItWas() {
        var tenant = happenings.register().id();
        happenings.happen(tenant, "second");
        happenings.happen(tenant, "third");
        makeOld(tenant, 4);

        expired.prune(() -> {});

        assertThat(sequences(tenant)).containsExactly(4L);
        happenings.happen(tenant, "fourth");
        assertThat(sequences(tenant)).containsExactly(4L, 5L);

        expired.prune(() -> {});
        assertThat(sequences(tenant)).as("it has a successor now").containsExactly(5L);
    }

    @Test
    void aReaderWhoMissedSomethingIsToldSoAndOneWhoDidNotGoesOn() {
        var tenant = happenings.register().id();
        var lane = feed.ofTenant(tenant, TypeFilter.ALL, null);
        lane.read(1);
        var first = lane.cursor();
        happenings.happen(tenant, "second");
        happenings.happen(tenant, "third");
        lane.read(10);
        var third = lane.cursor();
        happenings.happen(tenant, "fourth");
        var platformBefore = pages.read(tenant, 0, 1).getFirst().event().position();
        assertThat(pages.read(platformBefore, 10).events()).isNotEmpty();
        var latest =
                feed.all(Reach.all(), Set.of(), TypeFilter.ALL, Feed.LATEST).cursor();
        makeOld(tenant, 4);

        expired.prune(() -> {});

        assertGone(() -> feed.ofTenant(tenant, TypeFilter.ALL, first).read(10));
        assertThat(feed.ofTenant(tenant, TypeFilter.ALL, third).read(10).events())
                .singleElement()
                .satisfies(event -> assertThat(event.event().subject()).isEqualTo("fourth"));
        assertThat(feed.ofTenant(tenant, TypeFilter.ALL, null).read(10).events())
                .hasSize(1);
        assertGone(() -> pages.read(platformBefore, 10));
        assertThat(feed.all(Reach.all(), Set.of(), TypeFilter.ALL, latest)
                        .read(10)
                        .events())
                .isEmpty();
        feed.all(Reach.all(), Set.of(), TypeFilter.ALL, null).read(10);
    }

    @Test
    void aCursorFromAfterTheBackupIsRefusedInARestoredDatabase() {
        var tenant = happenings.register().id();
        var end = pages.horizon().end();

        assertGone(() -> pages.read(new Position(end.epoch(), end.xid() + 1_000_000, 0), 10));
        assertGone(() -> pages.read(new Position(end.epoch() + 1, 5, 0), 10));
        assertGone(() -> pages.read(tenant, 17, 10));
    }

    @Test
    void aRestoredDumpBeginsANewEpochAndItsEventsComeAfterTheOldOnes() throws Exception {
        var tenant = happenings.register().id();
        happenings.happen(tenant, "before the backup");
        var before = pages.horizon();
        // as a dump of a server that had done much more
        owner.update("update event set xid = '4000000000000' where tenant = ? and sequence = 3", tenant);
        try {
            epoch.afterPropertiesSet();

            assertThat(pages.horizon().end().epoch()).isEqualTo(before.end().epoch() + 1);
            happenings.happen(tenant, "after it");
            var at = new Position(before.end().epoch(), 3_999_999_999_999L, 0);
            assertThat(pages.read(at, 10).events().stream()
                            .map(event -> event.event().subject()))
                    .containsExactly("before the backup", "after it");
            epoch.afterPropertiesSet();
            assertThat(pages.horizon().end().epoch()).isEqualTo(before.end().epoch() + 1);
        } finally {
            owner.update("update event set xid = '3' where tenant = ? and sequence = 3", tenant);
        }
    }

    /** What is before it in the feed is older. */
    private void makeOld(UUID tenant, long upTo) {
        owner.update("""
                update event set recorded_at = now() - interval '31 days' where (epoch, xid, part) <= (
                    select e.epoch, e.xid, e.part from event e where e.tenant = ? and e.sequence = ?)
                """, tenant, upTo);
    }

    private java.util.List<Long> sequences(UUID tenant) {
        return owner.query(
                "select sequence from event where tenant = ? order by sequence", (row, _) -> row.getLong(1), tenant);
    }

    private static void assertGone(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(EventProblem.EVENTS_GONE));
    }
}
