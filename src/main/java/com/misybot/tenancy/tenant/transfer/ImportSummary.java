package com.misybot.tenancy.tenant.transfer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what an import did. */
public final class ImportSummary {

    private final Map<ImportResult.Status, Long> counts = new EnumMap<>(ImportResult.Status.class);
    private long blank;

    void add(List<ImportResult> results) {
        results.forEach(result -> counts.merge(result.status(), 1L, Long::sum));
    }

    void addBlank() {
        blank++;
    }

    /** How many lines ended so. */
    public long count(ImportResult.Status status) {
        return counts.getOrDefault(status, 0L);
    }

    /** How many lines had nothing on them. */
    public long blank() {
        return blank;
    }

    /** How many lines there were: those with a result, and those with nothing on them. */
    public long lines() {
        return blank + counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
