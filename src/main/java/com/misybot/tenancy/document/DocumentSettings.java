package com.misybot.tenancy.document;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The documents of tenants.
 *
 * @param maxSize most bytes of one document as JSON, 1 KB to 16 MB
 * @param timeout how long MongoDB may take for one answer before it counts as away, 100 ms to 10 s
 * @param openFor how long MongoDB is not asked any more once half of the last calls have failed
 */
@ConfigurationProperties("tenancy.document")
public record DocumentSettings(
        @DefaultValue("1MB") DataSize maxSize,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("1s") Duration openFor) {

    public DocumentSettings {
        if (maxSize.toBytes() < 1024 || maxSize.toBytes() > 16 * 1024 * 1024) {
            throw new IllegalArgumentException("tenancy.document.max-size must be from 1 KB to 16 MB");
        }
        if (timeout.toMillis() < 100 || timeout.toMillis() > 10_000) {
            throw new IllegalArgumentException("tenancy.document.timeout must be from 100 ms to 10 s");
        }
    }

    /** Most bytes of one document as JSON. */
    public int maxBytes() {
        return (int) maxSize.toBytes();
    }
}
