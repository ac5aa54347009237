package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.mongo.MongoAwayException;
import com.misybot.tenancy.document.mongo.MongoDoor;
import com.misybot.tenancy.document.mongo.TenantUsage;
import com.misybot.tenancy.tenant.LimitUsage;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How many documents a tenant has, and how many bytes of them. */
@Configuration(proxyBeanMethods = false)
class DocumentUsage {

    @Bean
    LimitUsage documentsUsed(TenantUsage usage, MongoDoor door) {
        return new Recorded(TenantUsage.DOCUMENTS, TenantUsage.Amount::documents, usage, door);
    }

    @Bean
    LimitUsage documentBytesUsed(TenantUsage usage, MongoDoor door) {
        return new Recorded(TenantUsage.BYTES, TenantUsage.Amount::bytes, usage, door);
    }

    private record Recorded(String limit, ToLongFunction<TenantUsage.Amount> part, TenantUsage usage, MongoDoor door)
            implements LimitUsage {

        @Override
        public OptionalLong used(UUID tenant) {
            if (!door.isOpen()) {
                return OptionalLong.empty();
            }
            try {
                return OptionalLong.of(part.applyAsLong(usage.present(tenant)));
            } catch (MongoAwayException _) {
                return OptionalLong.empty();
            }
        }
    }
}
