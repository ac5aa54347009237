package com.misybot.tenancy.operation;

import static com.misybot.tenancy.operation.OperationTestApplication.ACME;
import static com.misybot.tenancy.operation.OperationTestApplication.CALLERS;
import static com.misybot.tenancy.operation.OperationTestApplication.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VisibilityTests extends OperationFixture {

    @Test
    void listsExactlyWhatACallerMaySee() {
        var kind = "test.seen-" + UUID.randomUUID();
        for (var creator : CALLERS.values()) {
            for (var about : new TenantId[] {null, ACME, OTHER}) {
                var owner = about == null ? Scope.platformRows() : tenant;
                transactions.change(
                        Scope.platform(),
                        () -> new DoneOperations(store, json)
                                .insert(OperationOrder.of(kind, owner, about, creator.actor()), null));
            }
        }
        var filter = new OperationFilter(null, kind, null, null, null);
        var all = operations.list(filter, ANNA, new Operations.Order(false, null, 100));
        assertThat(all).hasSize(12);

        for (var caller : CALLERS.values()) {
            var visible = all.stream().filter(new Visibility(caller)::covers).toList();
            assertThat(operations.list(filter, caller, new Operations.Order(false, null, 100)))
                    .as(caller.actor().toString())
                    .isEqualTo(visible);
            assertThat(operations.count(filter, caller)).isEqualTo(visible.size());
        }
        assertThat(seen(all, "bert"))
                .containsExactlyInAnyOrder(
                        "anna about acme-dental",
                        "bert about acme-dental",
                        "cleo about acme-dental",
                        "dora about acme-dental",
                        "bert about null");
        assertThat(seen(all, "cleo"))
                .containsExactlyInAnyOrder("cleo about acme-dental", "cleo about other-dental", "cleo about null");
        assertThat(seen(all, "dora")).containsExactlyInAnyOrder("dora about acme-dental", "dora about null");
    }

    private static List<String> seen(List<Operation> all, String caller) {
        return all.stream()
                .filter(new Visibility(OperationTestApplication.named(caller))::covers)
                .map(operation -> operation.createdBy().replace("operator:", "") + " about " + operation.tenantId())
                .toList();
    }
}
