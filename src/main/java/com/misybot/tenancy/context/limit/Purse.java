package com.misybot.tenancy.context.limit;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one instance has of one rate. Spent without a lock; the next lease is asked for before this one is used up, one at a
 * time. Who uses little never asks: an instance may spend its share of 5 % of the rate without. docs/rate-limits.md has the
 * arithmetic.
 */
final class Purse {

    /** Of the rate, what is leased at once at most, and what all instances may spend unasked. */
    private static final double PORTION = 0.05;

    /** Of the rate, what Redis gives out for any one second. */
    private static final double BUDGET = 1.05;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** How long a refusal is believed before Redis is asked again. */
    private static final long REFUSED_MILLIS = 50;

    /** What all purses of an instance share; {@code patience} is how long a request waits for Redis before it is taken for away. */
    record House(Ticker ticker, Executor asking, Away away, int instances, Duration patience) {}

    private final House house;
    private final Grants grants;
    private final long origin;
    private final AtomicLong unasked;
    private final LocalWindow local = new LocalWindow();
    private final AtomicReference<@Nullable CompletableFuture<Void>> asking = new AtomicReference<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Lease current = Lease.NONE;
    private volatile Lease next = Lease.NONE;
    private volatile long refusedUntil;
    private volatile long freeAt;
    private volatile int left = Integer.MAX_VALUE;
    private int usual = 1;
    private @Nullable List<Grants.Rest> rests;

    Purse(House house, Grants grants) {
        this.house = house;
        this.grants = grants;
        this.origin = house.ticker().read();
        this.unasked = new AtomicLong(origin);
        this.refusedUntil = origin;
        this.freeAt = origin;
    }

    /** Spends one of {@code perSecond}; false where there is none. */
    boolean take(int perSecond) {
        var now = house.ticker().read();
        var lease = current;
        if (lease.take(now)) {
            if (lease.isRunningOut(now)) {
                askAhead(perSecond, now);
            }
            return true;
        }
        return takeUnasked(perSecond, now) || takeNext(now) || takeAsking(perSecond);
    }

    /** Whether more than half of the rate was used when Redis was last asked. */
    boolean isTight(int perSecond) {
        return left < perSecond / 2;
    }

    /** What was left when Redis was last asked, of all instances. */
    int left() {
        return left;
    }

    /** How long until the next try may succeed. */
    Duration untilFree(long now) {
        return Duration.ofNanos(Math.max(0, freeAt - now));
    }

    /** Spaced evenly, so that within no second there are more than the share of this instance. */
    private boolean takeUnasked(int perSecond, long now) {
        var share = (int) (perSecond * PORTION / house.instances());
        if (share < 1) {
            return false;
        }
        var at = unasked.get();
        return now - at >= 0 && unasked.compareAndSet(at, now + SECOND / share);
    }

    private boolean takeNext(long now) {
        if (!next.isSpendable(now)) {
            return false;
        }
        synchronized (this) {
            if (next.isSpendable(now)) {
                retire(current);
                current = next;
                next = Lease.NONE;
            }
        }
        return current.take(now);
    }

    private boolean takeAsking(int perSecond) {
        var end = System.nanoTime() + house.patience().toNanos();
        waiting.incrementAndGet();
        try {
            while (true) {
                var now = house.ticker().read();
                if (current.take(now) || takeNext(now)) {
                    return true;
                }
                if (house.away().isSo(now)) {
                    return takeLocally(perSecond, now);
                }
                if (refusedUntil - now > 0) {
                    return false;
                }
                // no refusal of Redis, and no time to ask again: others have spent what it gave
                if (end - System.nanoTime() < 0 || !isAnswered(ask(perSecond), end)) {
                    house.away().begin();
                }
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    private boolean takeLocally(int perSecond, long now) {
        if (local.take(now - origin, perSecond)) {
            return true;
        }
        freeAt = now + SECOND;
        return false;
    }

    private void askAhead(int perSecond, long now) {
        // a portion of one is no stock: held back, it would be a great part of a small rate
        if (asking.get() == null
                && portion(perSecond) > 1
                && !next.isSpendable(now)
                && !house.away().isSo(now)
                && refusedUntil - now <= 0) {
            var _ = ask(perSecond);
        }
    }

    private CompletableFuture<Void> ask(int perSecond) {
        var mine = new CompletableFuture<Void>();
        var others = asking.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        house.asking().execute(() -> {
            try {
                askNow(perSecond);
            } finally {
                asking.set(null);
                mine.complete(null);
            }
        });
        return mine;
    }

    private void askNow(int perSecond) {
        Grants.Grant grant = null;
        var asked = house.ticker().read();
        try {
            grant = grants.ask((int) (perSecond * BUDGET), wanted(perSecond), givenBack(asked));
        } finally {
            keep(grant, asked);
        }
    }

    private void keep(Grants.@Nullable Grant grant, long asked) {
        if (grant == null) {
            house.away().begin();
            return;
        }
        left = grant.left();
        if (grant.given() == 0) {
            freeAt = asked + TimeUnit.MILLISECONDS.toNanos(grant.waitMillis());
            refusedUntil = asked + TimeUnit.MILLISECONDS.toNanos(Math.min(REFUSED_MILLIS, grant.waitMillis()));
            return;
        }
        keep(new Lease(grant.given(), asked, asked + TimeUnit.MILLISECONDS.toNanos(grant.lastsMillis()), grant.slot()));
    }

    private synchronized void keep(Lease lease) {
        if (current.isSpendable(house.ticker().read())) {
            retire(next);
            next = lease;
        } else {
            retire(current);
            current = lease;
        }
    }

    /** Doubles what is asked for while it is all spent; else asks for what was. */
    private synchronized void retire(Lease lease) {
        var rest = lease.close();
        if (lease.size() == 0) {
            return;
        }
        usual = rest.count() == 0 ? Math.min(lease.size() * 2, 1 << 20) : Math.max(1, lease.size() - rest.count());
        if (rest.count() > 0) {
            if (rests == null) {
                rests = new ArrayList<>();
            }
            rests.add(rest);
        }
    }

    private synchronized int wanted(int perSecond) {
        var waits = waiting.get();
        return Math.max(Math.min(usual, portion(perSecond)), Math.max(1, waits));
    }

    private static int portion(int perSecond) {
        return Math.max(1, (int) Math.ceil(perSecond * PORTION));
    }

    private synchronized List<Grants.Rest> givenBack(long now) {
        if (!current.isSpendable(now)) {
            retire(current);
            current = Lease.NONE;
        }
        var back = rests == null ? List.<Grants.Rest>of() : rests;
        rests = null;
        return back;
    }

    private static boolean isAnswered(CompletableFuture<Void> answer, long end) {
        try {
            answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An answer is never a failure", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
