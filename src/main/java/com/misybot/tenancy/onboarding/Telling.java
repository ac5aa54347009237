package com.misybot.tenancy.onboarding;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.Sender;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells what happened to applications and invitations, in the transaction in which it happened. Nothing of it is personal. */
@Component
class Telling {

    private static final Actor APPLICANT = Actor.system("onboarding.applicant");

    private final ApplicationEventPublisher publisher;

    Telling(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** What an applicant does, who has no credential. */
    static Cause applicant(@Nullable Sender sender) {
        return new Cause(APPLICANT, null, null, sender);
    }

    /** Tells of a move. */
    void moved(@Nullable Application before, Application after, String type, Cause cause, Instant at) {
        var fields = new TreeMap<String, Difference>();
        fields.put("state", Difference.of(before == null ? null : before.state(), after.state()));
        if (before == null) {
            fields.put("organisation", Difference.of(null, after.wish().organisation()));
            fields.put(
                    "origins",
                    Difference.of(
                            null,
                            after.wish().origins().stream()
                                    .map(Object::toString)
                                    .toList()));
            fields.put("contact", Difference.MASKED);
        }
        var method = after.proof().method();
        if (method != null && (before == null || before.proof().method() == null)) {
            fields.put("proof", Difference.of(null, method));
        }
        var name = after.tenantId();
        if (name != null && !(before != null && name.equals(before.tenantId()))) {
            fields.put("tenantId", Difference.of(null, name.value()));
        }
        publish(type, after.id(), fields, cause, at);
    }

    void publish(String type, UUID subject, SortedMap<String, Difference> fields, Cause cause, Instant at) {
        publisher.publishEvent(
                new Change(UuidCreator.getTimeOrderedEpoch(), Scope.NIL, type, subject.toString(), fields, cause, at));
    }
}
