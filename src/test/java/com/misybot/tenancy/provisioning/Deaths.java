package com.misybot.tenancy.provisioning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.LastStatements;
import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Provisioned;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Stops owners of runs at the boundaries of the journal. What is stopped may be taken for dead, and may wake up. */
final class Deaths {

    /** Where an owner stops: around what a step does, and after the entry that it is done has been committed. */
    enum Boundary {
        BEFORE_THE_EFFECT,
        AFTER_THE_EFFECT,
        AFTER_THE_JOURNAL
    }

    /** Whose run stops where; {@code undo} means the compensation of the step. */
    record Place(String slug, String step, Boundary boundary, boolean undo) {}

    /** One owner that stops. */
    static final class Death {

        private final Place place;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch awake = new CountDownLatch(1);
        private final CountDownLatch goneOn = new CountDownLatch(1);

        Death(Place place) {
            this.place = place;
        }

        void awaitReached() throws InterruptedException {
            reached.await();
        }

        boolean isReached() {
            return reached.getCount() == 0;
        }

        /** It was not dead, only asleep. */
        void awake() {
            awake.countDown();
        }

        boolean hasGoneOn() {
            return goneOn.getCount() == 0;
        }

        private void stop() {
            reached.countDown();
            try {
                awake.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                goneOn.countDown();
            }
        }
    }

    private final ObjectProvider<JdbcTemplate> jdbc;
    private final Map<Place, Death> planted = new ConcurrentHashMap<>();
    private final Map<UUID, String> slugs = new ConcurrentHashMap<>();
    private volatile boolean killed;

    Deaths(ObjectProvider<JdbcTemplate> jdbc) {
        this.jdbc = jdbc;
    }

    /** Whoever stops here is killed by somebody else: its session is left to end with it. */
    void areReal() {
        killed = true;
    }

    /** The next owner that comes here stops. */
    Death at(String slug, String step, Boundary boundary, boolean undo) {
        var place = new Place(slug, step, boundary, undo);
        var death = new Death(place);
        planted.put(place, death);
        return death;
    }

    private void come(String slug, String step, Boundary boundary, boolean undo) {
        var death = planted.remove(new Place(slug, step, boundary, undo));
        if (death == null) {
            return;
        }
        if (!killed
                && TransactionSynchronizationManager.isActualTransactionActive()
                && death.place.boundary() != Boundary.AFTER_THE_JOURNAL) {
            // as of a process that is gone: its session ends and its locks with it
            assertThatThrownBy(() ->
                    jdbc.getObject().queryForObject("select pg_terminate_backend(pg_backend_pid())", Boolean.class));
        }
        death.stop();
    }

    private void saving(ProvisioningRun present, ProvisioningRun next) {
        var slug = slugs.getOrDefault(next.tenant(), "");
        if (isNow(present, next, Activation.NAME, RunStep.State.COMPLETED)) {
            come(slug, Activation.NAME, Boundary.AFTER_THE_EFFECT, false);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                for (var step : next.steps()) {
                    if (isNow(present, next, step.name(), RunStep.State.COMPLETED)) {
                        come(slug, step.name(), Boundary.AFTER_THE_JOURNAL, false);
                    }
                    if (isNow(present, next, step.name(), RunStep.State.COMPENSATED)) {
                        come(slug, step.name(), Boundary.AFTER_THE_JOURNAL, true);
                    }
                }
            }
        });
    }

    private static boolean isNow(ProvisioningRun present, ProvisioningRun next, String name, RunStep.State state) {
        return next.step(name).filter(step -> step.state() == state).isPresent()
                && present.step(name).filter(step -> step.state() == state).isEmpty();
    }

    /** A step as it is, with deaths around what it does. */
    private record Watched(ProvisioningStep step, Deaths deaths) implements ProvisioningStep {

        @Override
        public String name() {
            return step.name();
        }

        @Override
        public int order() {
            return step.order();
        }

        @Override
        public boolean recorded() {
            return step.recorded();
        }

        @Override
        public Outcome run(Provisioned tenant) {
            return between(tenant, false, () -> step.run(tenant));
        }

        @Override
        public Outcome compensate(Provisioned tenant) {
            return between(tenant, true, () -> step.compensate(tenant));
        }

        private Outcome between(Provisioned tenant, boolean undo, Supplier<Outcome> effect) {
            var slug = tenant.tenantId().value();
            deaths.slugs.put(tenant.id(), slug);
            deaths.come(slug, name(), Boundary.BEFORE_THE_EFFECT, undo);
            var outcome = effect.get();
            deaths.come(slug, name(), Boundary.AFTER_THE_EFFECT, undo);
            return outcome;
        }
    }

    static class WatchedStore extends ProvisioningStore {

        private final Deaths deaths;

        WatchedStore(Deaths deaths, JdbcClient jdbc, LastStatements last, JsonMapper json) {
            super(jdbc, last, json);
            this.deaths = deaths;
        }

        @Override
        void save(ProvisioningRun present, ProvisioningRun next) {
            deaths.saving(present, next);
            super.save(present, next);
        }
    }

    /** Watches all steps and the journal. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Watch {

        @Bean
        static Deaths deaths(ObjectProvider<JdbcTemplate> jdbc) {
            return new Deaths(jdbc);
        }

        @Bean
        static BeanPostProcessor watched(
                ObjectProvider<Deaths> deaths,
                ObjectProvider<JdbcClient> jdbc,
                ObjectProvider<LastStatements> last,
                ObjectProvider<JsonMapper> json) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessBeforeInitialization(Object bean, String name) {
                    return bean instanceof ProvisioningStore
                            ? new WatchedStore(deaths.getObject(), jdbc.getObject(), last.getObject(), json.getObject())
                            : bean;
                }

                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof ProvisioningStep step ? new Watched(step, deaths.getObject()) : bean;
                }
            };
        }
    }
}
