package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The move of many in a path, looked for on behalf of callers who may move tenants. */
@Component
class AddressedBulkMove implements AddressedResource {

    private final BulkMoveController moves;

    AddressedBulkMove(BulkMoveController moves) {
        this.moves = moves;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 2
                && path.get(0).equals("tenants")
                && path.get(1).equals(BulkMoveController.WORD)
                && caller.scopes().contains(BulkMoveController.SCOPE)) {
            var _ = moves.require(path.get(2), caller);
        }
    }
}
