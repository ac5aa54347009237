package com.misybot.tenancy.audit.archive;

import com.misybot.tenancy.audit.ChainCheck;
import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.audit.Verification;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.operation.OperationHandler;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.web.RestPaths;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs a trail and verifies it, so that the archive up to that checkpoint can be fetched. */
@Component
public class TrailExport implements OperationHandler {

    /** Its kind. */
    private static final Cause CAUSE = Cause.of(Actor.system("audit.export"));

    public static final String KIND = "audit.export";

    private final Checkpoints checkpoints;
    private final Verification verification;

    TrailExport(Checkpoints checkpoints, Verification verification) {
        this.checkpoints = checkpoints;
        this.verification = verification;
    }

    /**
     * Whose trail.
     *
     * @param tenantId how the path of the archive names it
     */
    public record Input(String tenantId) {}

    /**
     * What came of it. The archive can be fetched also where the trail is not as it was written.
     *
     * @param checkpoint number of the last entry in the archive
     * @param hash of that entry
     * @param archive where it is fetched
     */
    record Result(
            boolean valid,
            long entries,
            ChainCheck.@Nullable Fault fault,
            long checkpoint,
            String hash,
            String archive) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Result run(OperationRun run) {
        var tenant = run.scope().tenant();
        var input = Objects.requireNonNull(run.input(Input.class), "An order of this kind has input");
        var checkpoint =
                Objects.requireNonNull(checkpoints.take(tenant, CAUSE), "A tenant has an entry of its creation");
        run.progress(0, checkpoint.seq());
        var verdict = verification.verify(
                tenant, new Verification.Part(1, checkpoint.seq(), null), done -> run.progress(done, checkpoint.seq()));
        return new Result(
                verdict.fault() == null,
                verdict.check().entries(),
                verdict.fault(),
                checkpoint.seq(),
                HexFormat.of().formatHex(checkpoint.hash()),
                RestPaths.API + "/tenants/" + input.tenantId + "/audit/archive?to=" + checkpoint.seq());
    }
}
