package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.kernel.Difference;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What changed between terms of a webhook. Of a URL no more than that: its path may be somebody's secret. */
final class Differences {

    private Differences() {}

    static SortedMap<String, Difference> between(Webhook.@Nullable Terms before, Webhook.Terms after) {
        var fields = new TreeMap<String, Difference>();
        if (before == null || !before.url().equals(after.url())) {
            fields.put("url", Difference.MASKED);
        }
        put(fields, "types", before == null ? null : types(before), types(after));
        put(fields, "description", before == null ? null : before.description(), after.description());
        put(fields, "state", before == null ? null : state(before), state(after));
        return fields;
    }

    private static void put(
            SortedMap<String, Difference> fields, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fields.put(name, Difference.of(before, after));
        }
    }

    private static java.util.List<String> types(Webhook.Terms terms) {
        return terms.types().stream().map(TypePattern::text).toList();
    }

    private static String state(Webhook.Terms terms) {
        return terms.enabled() ? "ENABLED" : "DISABLED";
    }
}
