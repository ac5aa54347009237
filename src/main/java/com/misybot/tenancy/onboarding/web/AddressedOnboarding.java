package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.onboarding.Invitations;
import com.misybot.tenancy.onboarding.Review;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The application or invitation in a path, looked for on behalf of callers who may see them. */
@Component
class AddressedOnboarding implements AddressedResource {

    private static final int NAME = 2;

    private final Review review;
    private final Invitations invitations;

    AddressedOnboarding(Review review, Invitations invitations) {
        this.review = review;
        this.invitations = invitations;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() <= NAME
                || !path.getFirst().equals("onboarding")
                || path.get(NAME).equals("count")
                || !caller.scopes().contains(ReviewController.SCOPE)) {
            return;
        }
        switch (path.get(1)) {
            case "applications" -> review.read(id(path), caller.reach());
            case "invitations" -> invitations.read(id(path), caller.reach());
            default -> {
                // tokens are in bodies
            }
        }
    }

    private static UUID id(List<String> path) {
        return AddressedResource.name(path.get(NAME), UUID::fromString);
    }
}
