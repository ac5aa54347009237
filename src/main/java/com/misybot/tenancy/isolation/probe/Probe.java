package com.misybot.tenancy.isolation.probe;

import com.misybot.tenancy.isolation.Finding;
import com.misybot.tenancy.isolation.IsolationFindings;
import com.misybot.tenancy.kernel.SecurityEvents;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Proves that tenants are kept apart: plants a canary of each of two tenants that nobody has in every store, tries as each of them to
 * reach the other's by every way there is, and removes what it planted. Several may run at once, each with canaries of its
 * own. What the last run of this process has found stands in the status of isolation until a run finds nothing.
 */
@Component
public class Probe implements IsolationFindings {

    /** RFC 9562 leaves version 8 to whoever wants it: no tenant of the registry, whose ids are of version 7, has one of these. */
    static final List<UUID> TENANTS = List.of(
            UUID.fromString("00000000-0000-8000-8000-0000000000aa"),
            UUID.fromString("00000000-0000-8000-8000-0000000000bb"));

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();

    private final List<ProbedStore> stores;
    private final SecurityEvents events;
    private final Clock clock;
    private final SecureRandom random;
    private volatile List<Finding> found = List.of();

    Probe(List<ProbedStore> stores, SecurityEvents events, Clock clock, SecureRandom random) {
        this.stores = stores;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    /** Runs once. A store that does not answer is said to be away, and the others are probed all the same. */
    public ProbeReport run() {
        var started = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var name = word(12);
        var canaries = TENANTS.stream()
                .map(tenant -> new Canary(tenant, name, word(32)))
                .toList();
        var probed = stores.stream()
                .filter(ProbedStore::isOn)
                .map(store -> probed(store, canaries))
                .toList();
        var report = new ProbeReport(started, clock.instant().truncatedTo(ChronoUnit.MICROS), probed);
        found = report.findings();
        found.forEach(
                finding -> events.tell("probe_finding", "the probe of " + finding.store() + ": " + finding.detail()));
        return report;
    }

    @Override
    public List<Finding> findings() {
        return found;
    }

    @Scheduled(
            initialDelayString = "${tenancy.isolation.probe.every:1h}",
            fixedDelayString = "${tenancy.isolation.probe.every:1h}")
    void runNowAndThen() {
        var report = run();
        LOG.info(
                "The probe of isolation made {} attempts and found {}",
                report.attempts(),
                found.isEmpty() ? "nothing" : found);
    }

    private static ProbeReport.Store probed(ProbedStore store, List<Canary> canaries) {
        var attempts = new ArrayList<ProbeAttempt>();
        try {
            try {
                canaries.forEach(store::plant);
                attempts.addAll(store.attempts(canaries.getFirst(), canaries.getLast()));
                attempts.addAll(store.attempts(canaries.getLast(), canaries.getFirst()));
            } finally {
                canaries.forEach(store::remove);
            }
            return new ProbeReport.Store(store.name(), ProbeReport.State.PROBED, attempts);
        } catch (RuntimeException e) {
            LOG.warn("The probe of {} could not go on", store.name(), e);
            return new ProbeReport.Store(store.name(), ProbeReport.State.AWAY, attempts);
        }
    }

    private String word(int length) {
        var word = new StringBuilder("c");
        while (word.length() < length) {
            word.append(DIGITS[random.nextInt(DIGITS.length)]);
        }
        return word.toString();
    }
}
