package com.misybot.tenancy.tenant.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.Operation;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.operation.OperationStatus;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.operation.Progress;
import com.misybot.tenancy.operation.Step;
import com.misybot.tenancy.tenant.ServedTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ConfigurableApplicationContext;

class PlanApplyTests extends PlanFixture {

    private static final SortedMap<String, Difference> LIMITS = new TreeMap<>(Map.of("limits", Difference.of(1, 2)));
    private static final Cause CAUSE = new Cause(new Actor(Actor.Kind.OPERATOR, "ops-anna"), "cheaper", "T-1");

    private final ServedTenants served;
    private final Operations operations;
    private final PlanApply apply;

    @Autowired
    PlanApplyTests(
            ConfigurableApplicationContext context,
            @Qualifier("ownerDataSource") DataSource owner,
            ServedTenants served,
            Operations operations,
            PlanApply apply) {
        super(context, owner);
        this.served = served;
        this.operations = operations;
        this.apply = apply;
    }

    @Test
    void bringsAChangeToEveryTenantThatHasThePlan() {
        var plan = plan();
        var tenants = List.of(id(tenantWith(plan)), id(tenantWith(plan)), id(tenantWith(plan)));
        var other = id(tenantWith("standard"));
        var told = told(() -> {
            var changed = api.patch(
                    "/plans/" + plan,
                    "{\"limits\":{\"sessions\":7},\"permissions\":[\"chat.reply\"]}",
                    "If-Match",
                    "*",
                    "X-Reason",
                    "cheaper");
            var ended = ended(changed.header("Operation-Location"));
            assertThat(ended.status()).isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(ended.state().progress()).isEqualTo(new Progress(3, 3L));
            assertThat(requireNonNull(ended.state().result()).at("/tenants").asInt())
                    .isEqualTo(3);
        });
        for (var id : tenants) {
            var now = served.byId(List.of(id)).getFirst();
            assertThat(now.contextVersion()).isEqualTo(3);
            assertThat(now.limits().sessions()).isEqualTo(7);
            assertThat(now.permissions()).containsExactly("chat.reply");
            assertThat(told)
                    .filteredOn(change -> change.tenant().equals(id))
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.type()).isEqualTo("tenant.limits_changed");
                        assertThat(change.subject()).isEqualTo(plan);
                        assertThat(change.fields()).containsOnlyKeys("limits", "permissions");
                        assertThat(change.cause().reason()).isEqualTo("cheaper");
                    });
            assertThat(version(id)).isEqualTo(2);
        }
        assertThat(contextVersion(other)).isEqualTo(2);
        assertThat(told)
                .filteredOn(change ->
                        change.subject().equals(plan) && change.tenant().equals(Scope.NIL))
                .extracting(Change::type)
                .containsExactly("plan.updated");
    }

    @Test
    void passesOverThoseThatHaveBeenRaised() {
        var plan = plan();
        var tenants = List.of(id(tenantWith(plan)), id(tenantWith(plan)), id(tenantWith(plan)));
        var input = new PlanApply.Input(plan, 2, LIMITS, CAUSE);
        assertThatThrownBy(() -> run(new Run(input, 2))).isInstanceOf(Stopped.class);
        assertThat(tenants.stream().filter(id -> contextVersion(id) == 3)).hasSize(2);

        var again = new Run(input, Integer.MAX_VALUE);
        run(again);
        assertThat(again.reported.getFirst()).isEqualTo(new Progress(2, 3L));
        assertThat(again.progress()).isEqualTo(new Progress(3, 3L));
        assertThat(tenants).allSatisfy(id -> assertThat(contextVersion(id)).isEqualTo(3));

        run(new Run(input, Integer.MAX_VALUE));
        assertThat(tenants).allSatisfy(id -> assertThat(contextVersion(id)).isEqualTo(3));
        run(new Run(new PlanApply.Input(plan, 3, LIMITS, CAUSE), Integer.MAX_VALUE));
        assertThat(tenants).allSatisfy(id -> assertThat(contextVersion(id)).isEqualTo(4));
    }

    @Test
    void forgetsWhatItKnewOfAPlanThatATenantLeaves() {
        var first = plan();
        var second = plan();
        var slug = tenantWith(first);
        var id = id(slug);
        run(new Run(new PlanApply.Input(first, 9, LIMITS, CAUSE), Integer.MAX_VALUE));
        assertThat(contextVersion(id)).isEqualTo(3);
        api.patch("/tenants/" + slug, "{\"plan\":\"" + second + "\"}", "If-Match", "*");
        assertThat(contextVersion(id)).isEqualTo(4);
        run(new Run(new PlanApply.Input(first, 10, LIMITS, CAUSE), Integer.MAX_VALUE));
        assertThat(contextVersion(id)).isEqualTo(4);
        run(new Run(new PlanApply.Input(second, 2, LIMITS, CAUSE), Integer.MAX_VALUE));
        assertThat(contextVersion(id)).isEqualTo(5);
    }

    @Test
    void leavesNoOperationBehindAChangeThatIsRefused() {
        var plan = plan();
        var before = operationsOf();
        assertThat(api.patch("/plans/" + plan, "{\"limits\":{\"sessions\":7}}", "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
        assertThat(operationsOf()).isEqualTo(before);
    }

    private void run(Run run) {
        Scope.platformRows().call(() -> apply.run(run));
    }

    private Operation ended(String location) {
        try {
            var id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
            return requireNonNull(operations.await(id, Duration.ofSeconds(20)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long contextVersion(UUID id) {
        return served.byId(List.of(id)).getFirst().contextVersion();
    }

    private long version(UUID id) {
        return requireNonNull(owner.queryForObject("select version from tenant where id = ?", Long.class, id));
    }

    private long operationsOf() {
        return requireNonNull(
                owner.queryForObject("select count(*) from operation where kind = 'plan.apply'", Long.class));
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A run that dies after so many tenants. */
    private static final class Run implements OperationRun {

        private final PlanApply.Input input;
        private final int most;
        private final List<Progress> reported = new ArrayList<>();

        Run(PlanApply.Input input, int most) {
            this.input = input;
            this.most = most;
        }

        @Override
        public UUID id() {
            return Scope.NIL;
        }

        @Override
        public Scope.Tenant scope() {
            return Scope.platformRows();
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public <T> T input(Class<T> type) {
            return type.cast(input);
        }

        @Override
        public Progress progress() {
            return reported.getLast();
        }

        @Override
        public void progress(long done, @Nullable Long total) {
            reported.add(new Progress(done, total));
            if (reported.size() > most) {
                throw new Stopped();
            }
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public void steps(List<Step> steps) {
            throw new UnsupportedOperationException("it reports none");
        }

        @Override
        public void step(String name, Runnable work) {
            work.run();
        }

        @Override
        public void checkpoint() {}

        @Override
        public void confirm() {}
    }
}
