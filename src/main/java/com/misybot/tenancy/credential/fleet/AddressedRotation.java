package com.misybot.tenancy.credential.fleet;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The rotation in a path, looked for on behalf of callers who may see secrets. */
@Component
class AddressedRotation implements AddressedResource {

    private final FleetRotationController rotations;

    AddressedRotation(FleetRotationController rotations) {
        this.rotations = rotations;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 2
                && path.get(0).equals("secrets")
                && path.get(1).equals("rotations")
                && caller.scopes().contains(FleetRotationController.SCOPE)) {
            var _ = rotations.require(path.get(2), caller);
        }
    }
}
