package com.misybot.tenancy.operation.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.web.AddressedResource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The operation in a path, looked for on behalf of callers who may address operations. */
final class AddressedOperation implements AddressedResource {

    private static final Set<String> SCOPES = Set.of("operations:read", "operations:write");

    private final Operations operations;

    AddressedOperation(Operations operations) {
        this.operations = operations;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 1
                && path.getFirst().equals("operations")
                && !path.get(1).equals("count")
                && !Collections.disjoint(caller.scopes(), SCOPES)) {
            operations.find(AddressedResource.name(path.get(1), UUID::fromString), caller);
        }
    }
}
