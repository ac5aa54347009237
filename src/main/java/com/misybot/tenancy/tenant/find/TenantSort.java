package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.tenant.SearchKeys;
import com.misybot.tenancy.tenant.Tenant;
import java.time.Instant;
import java.util.List;

/** What a list of tenants may be sorted by, each completed by the id. */
public enum TenantSort {
    CREATED_AT("created_at") {
        @Override
        String text(Tenant tenant) {
            return tenant.revision().createdAt().toString();
        }

        @Override
        Object key(String text) {
            return Instant.parse(text);
        }
    },
    UPDATED_AT("updated_at") {
        @Override
        String text(Tenant tenant) {
            return tenant.revision().updatedAt().toString();
        }

        @Override
        Object key(String text) {
            return Instant.parse(text);
        }
    },
    /** By the folded name, code point by code point. */
    NAME("name_key") {
        @Override
        String text(Tenant tenant) {
            return SearchKeys.sortKey(tenant.profile().business().name());
        }
    },
    TENANT_ID("tenant_id") {
        @Override
        String text(Tenant tenant) {
            return tenant.tenantId().value();
        }
    };

    private final String column;

    TenantSort(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    /** What a page needs to go on after this tenant. */
    public List<String> cursor(Tenant tenant) {
        return List.of(text(tenant), tenant.id().toString());
    }

    /** The key of a tenant, as text for a cursor. */
    abstract String text(Tenant tenant);

    /** The key, as the column has it. */
    Object key(String text) {
        return text;
    }
}
