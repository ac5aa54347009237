package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.audit.Entries;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.util.List;
import java.util.UUID;

/** What the trails of tenants and that of the platform answer alike. */
final class TrailAnswers {

    private TrailAnswers() {}

    static Page<EntryResponse> page(Entries entries, UUID tenant, AuditQuery query, Paging paging) {
        var cursor = paging.cursor();
        var before = cursor == null ? null : Long.valueOf(cursor.getFirst());
        return paging.page(
                        entries.latest(tenant, query.toFilter(), before, paging.limit()),
                        entry -> List.of(Long.toString(entry.seq())))
                .map(EntryResponse::from);
    }

    static Page<CheckpointResponse> page(Checkpoints checkpoints, UUID tenant, Paging paging) {
        var cursor = paging.cursor();
        var before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor.getFirst());
        return paging.page(
                        checkpoints.list(tenant, before, paging.limit()),
                        checkpoint -> List.of(Long.toString(checkpoint.seq())))
                .map(CheckpointResponse::from);
    }

    static CheckpointResponse taken(Checkpoints checkpoints, UUID tenant, Cause cause) {
        var taken = checkpoints.take(tenant, cause);
        if (taken == null) {
            throw new ProblemException(WebProblem.NOT_FOUND, "The trail has no entry yet.");
        }
        return CheckpointResponse.from(taken);
    }

    /** The platform's own trail tells of keys and plans of everybody. */
    static void requireWhole(Caller caller) {
        if (!caller.reach().equals(Reach.all())) {
            throw new ProblemException(
                    WebProblem.FORBIDDEN, "The platform's own trail is read by keys that reach all tenants.");
        }
    }
}
