package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which operations a list shows. What is null does not narrow it.
 *
 * @param status how far they are
 * @param kind what they do
 * @param tenantId whom they are about
 * @param createdFrom earliest creation, inclusive
 * @param createdTo latest creation, exclusive
 */
public record OperationFilter(
        @Nullable OperationStatus status,
        @Nullable String kind,
        @Nullable TenantId tenantId,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo) {}
