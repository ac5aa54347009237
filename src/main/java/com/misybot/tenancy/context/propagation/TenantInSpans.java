package com.misybot.tenancy.context.propagation;

import com.misybot.tenancy.kernel.LogContext;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Names the tenant in every span that begins while the work is known to be about one; {@link LogContext#tenant} names it in the
 * span that has begun. Of high cardinality, so no metric gets it.
 */
final class TenantInSpans implements ObservationHandler<Observation.Context> {

    @Override
    public void onStart(Observation.Context context) {
        var tenant = LogContext.tenant();
        if (tenant != null) {
            context.addHighCardinalityKeyValue(KeyValue.of(LogContext.TENANT, tenant));
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }
}
