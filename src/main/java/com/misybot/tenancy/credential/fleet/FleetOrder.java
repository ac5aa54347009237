package com.misybot.tenancy.credential.fleet;

import com.misybot.tenancy.credential.Rotation;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Sender;
import com.misybot.tenancy.tenant.TenantSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet rotation was ordered with, kept with its operation. Nothing in it is secret.
 *
 * @param selection which tenants
 * @param by those that had been registered by then
 * @param overlap how long the secret before is accepted still
 * @param expiresAt when the new secrets end, if ever
 * @param recipient whom they are encrypted to
 * @param actorKind who asked
 * @param actorId who asked
 * @param reason why
 * @param ticket for what
 * @param sender what is known of the request
 * @param missing tenants that were named, and were not there for who asked
 */
record FleetOrder(
        TenantSelection selection,
        Instant by,
        Duration overlap,
        @Nullable Instant expiresAt,
        RecipientKey recipient,
        Actor.Kind actorKind,
        String actorId,
        @Nullable String reason,
        @Nullable String ticket,
        @Nullable Sender sender,
        @Nullable List<String> missing) {

    static FleetOrder of(
            TenantSelection selection,
            Instant by,
            Rotation rotation,
            RecipientKey recipient,
            Cause cause,
            List<String> missing) {
        return new FleetOrder(
                selection,
                by,
                rotation.overlap(),
                rotation.expiresAt(),
                recipient,
                cause.actor().kind(),
                cause.actor().id(),
                cause.reason(),
                cause.ticket(),
                cause.sender(),
                missing);
    }

    Rotation rotation() {
        return new Rotation(overlap, expiresAt);
    }

    Cause cause() {
        return new Cause(new Actor(actorKind, actorId), reason, ticket, sender);
    }
}
