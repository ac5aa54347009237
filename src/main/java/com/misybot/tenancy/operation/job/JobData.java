package com.misybot.tenancy.operation.job;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a job carries, as JSON. A field that this version does not know is passed over: an upgrade runs beside the old. */
final class JobData implements Serializer {

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Override
    public byte @Nullable [] serialize(@Nullable Object data) {
        return data == null || data instanceof JobType.NoData ? null : json.writeValueAsBytes(data);
    }

    @Override
    public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] stored) {
        if (type == JobType.NoData.class) {
            return type.cast(JobType.NoData.NONE);
        }
        return stored == null ? null : json.readValue(stored, type);
    }
}
