package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of applications and invitations. */
@Component
class OnboardingEventTypes implements EventTypes {

    private static final String APPLICATION = "the id of the application";
    private static final String INVITATION = "the id of the invitation";

    @Override
    public List<EventType> all() {
        return List.of(
                moved(OnboardingChanges.SUBMITTED, "A business has applied."),
                moved(OnboardingChanges.EMAIL_VERIFIED, "An applicant has shown that the address is theirs."),
                moved(OnboardingChanges.ORIGIN_PROVEN, "An applicant has shown that the site is theirs."),
                moved(OnboardingChanges.APPROVED, "An application was approved, and becomes a tenant."),
                moved(OnboardingChanges.RETURNED, "An approved application could not become a tenant."),
                moved(OnboardingChanges.COMPLETED, "The tenant of an application has its first secret."),
                moved(OnboardingChanges.REJECTED, "An application was rejected."),
                moved(OnboardingChanges.WITHDRAWN, "An applicant has given up."),
                moved(OnboardingChanges.EXPIRED, "Address or site of an applicant were not proven in time."),
                EventType.of(
                        OnboardingChanges.PROOF_LOST,
                        "The proof of a tenant's site was looked for again and is no longer there.",
                        APPLICATION),
                EventType.of(
                        OnboardingChanges.MAIL_REPEATED,
                        "An operator had a mail to an applicant sent again.",
                        APPLICATION),
                EventType.of(OnboardingChanges.INVITED, "A code was made for somebody who is to apply.", INVITATION),
                EventType.of(OnboardingChanges.INVITATION_REVOKED, "A code is no longer accepted.", INVITATION));
    }

    private static EventType moved(String name, String description) {
        return EventType.of(name, description, APPLICATION).telling("state", ApplicationState.class);
    }
}
