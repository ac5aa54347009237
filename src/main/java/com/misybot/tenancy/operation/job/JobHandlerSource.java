package com.misybot.tenancy.operation.job;

import java.util.List;

/** Contributes handlers that are not beans themselves, because how many there are is known only at start. */
public interface JobHandlerSource {

    /** The handlers, asked for once at start. */
    List<? extends JobHandler<?>> handlers();
}
