package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.operation.Step;
import com.misybot.tenancy.tenant.TenantProvisioning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** All steps in their order, with the activation of the tenant at the end. Looked up late, because a step may need what starts runs. */
@Component
class Plan {

    private final SingletonSupplier<List<ProvisioningStep>> steps;

    Plan(ObjectProvider<ProvisioningStep> contributed, TenantProvisioning tenants) {
        this.steps = SingletonSupplier.of(() -> ordered(contributed, new Activation(tenants)));
    }

    List<ProvisioningStep> steps() {
        return steps.obtain();
    }

    List<String> names() {
        return steps().stream().map(ProvisioningStep::name).toList();
    }

    Optional<ProvisioningStep> step(String name) {
        return steps().stream().filter(step -> step.name().equals(name)).findFirst();
    }

    int position(ProvisioningStep step) {
        return steps().indexOf(step);
    }

    /** The steps of a run as its operation shows them: those it has begun, and those that are still to come. */
    List<Step> report(ProvisioningRun run) {
        var all = new ArrayList<Step>();
        run.steps().forEach(step -> all.add(report(step)));
        if (!run.state().hasEnded() && run.state() != RunState.COMPENSATING) {
            names().stream()
                    .filter(name -> run.step(name).isEmpty())
                    .forEach(name -> all.add(new Step(name, Step.Status.PENDING, 0, null, null, null)));
        }
        return all;
    }

    private static Step report(RunStep step) {
        var status = switch (step.state()) {
            case RUNNING, COMPENSATING -> Step.Status.RUNNING;
            case COMPLETED -> Step.Status.SUCCEEDED;
            case COMPENSATED -> Step.Status.CANCELLED;
            case WAITING, FAILED, LEFT -> Step.Status.FAILED;
        };
        var failure = step.reason() == null ? null : ProvisioningProblem.of(step);
        return new Step(
                step.name(), status, step.attempts() + step.undoAttempts(), step.startedAt(), step.endedAt(), failure);
    }

    private static List<ProvisioningStep> ordered(
            ObjectProvider<ProvisioningStep> contributed, ProvisioningStep activation) {
        var all = new ArrayList<>(contributed.stream()
                .sorted(Comparator.comparingInt(ProvisioningStep::order).thenComparing(ProvisioningStep::name))
                .toList());
        all.add(activation);
        var names = new HashSet<String>();
        all.forEach(step -> {
            if (!names.add(step.name())) {
                throw new IllegalStateException("Two steps of provisioning are called " + step.name());
            }
        });
        return List.copyOf(all);
    }
}
