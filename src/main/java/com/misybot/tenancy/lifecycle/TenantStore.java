package com.misybot.tenancy.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A store in which tenants have data: what in it is one tenant's, and how a service that connects itself gets at it. One bean a store. */
public interface TenantStore {

    /** What the store is called in answers, in lower case: {@code postgres}, {@code redis}, {@code mongodb}. */
    String name();

    /**
     * What belongs to a tenant. Raises where the store does not answer, or where there is none.
     *
     * @param tenant {@code id} of the tenant
     */
    Holding holding(UUID tenant);

    /**
     * What a tenant has in one store.
     *
     * @param access how to get at it, by documented words such as {@code role}, {@code keyPrefix} or {@code collectionPrefix}
     * @param parts tables, kinds of keys or collections
     */
    record Holding(Map<String, String> access, List<Part> parts) {

        public Holding {
            access = Map.copyOf(access);
            parts = List.copyOf(parts);
        }
    }

    /**
     * One part of it.
     *
     * @param items rows, keys or documents; {@link #UNKNOWN} where they are too many to be counted now
     * @param bytes about what they take; {@link #UNKNOWN} where the store does not say
     */
    record Part(String name, long items, long bytes) {

        /** Nobody has counted. */
        public static final long UNKNOWN = -1;
    }
}
