package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.lifecycle.ProvisioningStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** A step that does for a tenant what its test has written down, and then nothing but what it is asked. */
final class ScriptedStep implements ProvisioningStep {

    /** What it does at one attempt. */
    @FunctionalInterface
    interface Attempt {
        Outcome make();
    }

    private final String name;
    private final int order;
    private final boolean recorded;
    private final Map<String, Deque<Attempt>> script = new ConcurrentHashMap<>();
    private final Map<String, Deque<Attempt>> undoing = new ConcurrentHashMap<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    ScriptedStep(String name, int order, boolean recorded) {
        this.name = name;
        this.order = order;
        this.recorded = recorded;
    }

    /** What it does for a tenant, attempt by attempt. */
    void does(String slug, Attempt... attempts) {
        script.put(slug, new ArrayDeque<>(List.of(attempts)));
    }

    /** What it does to undo that, attempt by attempt. */
    void undoes(String slug, Attempt... attempts) {
        undoing.put(slug, new ArrayDeque<>(List.of(attempts)));
    }

    /** The keys of all attempts. */
    List<String> keys() {
        return keys;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public boolean recorded() {
        return recorded;
    }

    @Override
    public Outcome run(Provisioned tenant) {
        keys.add(tenant.key());
        return next(script.get(tenant.tenantId().value()));
    }

    @Override
    public Outcome compensate(Provisioned tenant) {
        return next(undoing.get(tenant.tenantId().value()));
    }

    private static Outcome next(@Nullable Deque<Attempt> attempts) {
        var attempt = attempts == null ? null : attempts.poll();
        return attempt == null ? Outcome.completed() : attempt.make();
    }

    /** Both of them, for the tests that write them. */
    record Scripts(ScriptedStep rows, ScriptedStep elsewhere) {}

    /** One step next to another one that is recorded, and one that reaches elsewhere. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Steps {

        @Bean
        Scripts scripts() {
            return new Scripts(new ScriptedStep("rows", 150, true), new ScriptedStep("elsewhere", 850, false));
        }

        @Bean
        ProvisioningStep rows(Scripts scripts) {
            return scripts.rows();
        }

        @Bean
        ProvisioningStep elsewhere(Scripts scripts) {
            return scripts.elsewhere();
        }
    }
}
