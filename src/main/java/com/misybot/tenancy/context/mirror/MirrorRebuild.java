package com.misybot.tenancy.context.mirror;

import com.misybot.tenancy.operation.OperationHandler;
import com.misybot.tenancy.operation.OperationRun;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Brings the whole mirror up to date on command. */
@Component
public class MirrorRebuild implements OperationHandler {

    /** The kind of the operation. */
    public static final String KIND = "context.rebuild-mirror";

    private final MirrorRepair repair;

    MirrorRebuild(MirrorRepair repair) {
        this.repair = repair;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Object run(OperationRun run) {
        var written = repair.compare(seen -> run.progress(seen, null));
        return Map.of("written", written);
    }
}
