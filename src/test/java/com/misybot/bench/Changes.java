package com.misybot.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Changes that change nothing but are told: what is left is the transaction, the lock, the entry and the event. */
@RestController
class Changes {

    private final ApplicationContext service;
    private final ScopedTransactions transactions;

    Changes(ApplicationContext service) {
        this.service = service;
        this.transactions = service.getBean(ScopedTransactions.class);
    }

    /**
     * Tells changes for a while.
     *
     * @param chains tenants that the changes are of, at random
     * @param threads that do so at once
     * @param millis for how long
     * @return how many there were
     */
    @GetMapping("/changes")
    long tell(@RequestParam int chains, @RequestParam int threads, @RequestParam long millis) throws Exception {
        var end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        var told = new AtomicLong();
        var working = new Thread[threads];
        for (var i = 0; i < threads; i++) {
            working[i] = Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    tell(tenant(1 + ThreadLocalRandom.current().nextInt(chains)));
                    told.incrementAndGet();
                }
            });
        }
        for (var thread : working) {
            thread.join(TimeUnit.MINUTES.toMillis(10));
        }
        return told.get();
    }

    /** As {@code bench/sql/append.sql} makes them. */
    private static UUID tenant(int number) {
        return new UUID(0x7000L << 48 | 0x7000, 0x8000_0000_0000_0000L | number);
    }

    private void tell(UUID tenant) {
        transactions.change(Scope.tenant(tenant), () -> {
            service.publishEvent(new Change(
                    UuidCreator.getTimeOrderedEpoch(),
                    tenant,
                    "tenant.updated",
                    "acme-dental",
                    new TreeMap<>(Map.of(
                            "business.name", Difference.of("Acme", "Acme Dental"),
                            "labels", Difference.of(Map.of(), Map.of("source", "bench")))),
                    Cause.of(Actor.system("bench")),
                    Instant.now().truncatedTo(ChronoUnit.MICROS)));
            return null;
        });
    }
}
