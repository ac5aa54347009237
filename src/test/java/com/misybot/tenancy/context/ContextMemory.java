package com.misybot.tenancy.context;

import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.kernel.BriefCache;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.TenantStatus;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Fills the cache of the process with contexts of three origins each and prints how many bytes of the heap they take. */
final class ContextMemory {

    private ContextMemory() {}

    public static void main(String[] args) {
        var count = Integer.parseInt(args[0]);
        var json = new ContextJson();
        Ticker standing = () -> 0;
        var cache = new BriefCache<UUID, KnownTenant>(
                Long.MAX_VALUE / 2, (_, tenant) -> tenant == null ? 0 : tenant.weight(), standing);
        var before = used();
        for (var i = 0; i < count; i++) {
            var tenant = KnownTenant.of(served(i), json);
            cache.put(tenant.id(), tenant, 0);
        }
        var bytes = used() - before;
        var some = Objects.requireNonNull(cache.get(new UUID(7, count - 1), _ -> null));
        System.out.println("BYTES " + bytes + " " + cache.size() + " " + some.tenantId());
    }

    private static long used() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static ServedTenant served(int i) {
        var slug = "university-of-somewhere-" + i;
        return new ServedTenant(
                new UUID(7, i),
                new TenantId(slug),
                new SiteId("site_%020d".formatted(i)),
                TenantStatus.ACTIVE,
                "standard",
                i % 2 == 0 ? "eu-central" : "us-east",
                List.of(
                        "https://" + slug + ".example",
                        "https://www." + slug + ".example",
                        "https://*." + slug + ".test"),
                List.of("chat.handover", "chat.reply", "knowledge.read"),
                "de-DE",
                "Europe/Berlin",
                new Limits(
                        200,
                        400,
                        100,
                        30,
                        10_000,
                        50,
                        Duration.ofMinutes(30),
                        Duration.ofHours(24),
                        20,
                        100_000,
                        1_000_000_000),
                Map.of("tier", i % 3 == 0 ? "gold" : "silver"),
                1 + i % 50,
                i % 5);
    }
}
