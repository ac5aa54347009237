package com.misybot.tenancy.tenant;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who has which name. A name is claimed by inserting it, or by taking over one whose quarantine has passed; of two who claim
 * it at the same instant, the second waits for the first and is refused. Runs in the transaction of whoever names.
 */
@Component
class NameClaims {

    /** What names are unique among each other. */
    enum Kind {
        TENANT("tenantId"),
        SITE("siteId"),
        EXTERNAL("externalId");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        String column() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final JdbcClient jdbc;

    NameClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims a name for a tenant.
     *
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code name_taken} where it is in use or in quarantine
     */
    void claim(Kind kind, String canonicalName, UUID tenant) {
        var made = jdbc.sql("insert into name_claim (kind, name, tenant) values (?, ?, ?) on conflict do nothing")
                .params(kind.column(), canonicalName, tenant)
                .update();
        if (made == 0 && takeOver(kind, canonicalName, tenant) == 0) {
            throw TenantProblem.taken(kind.field);
        }
    }

    private int takeOver(Kind kind, String canonicalName, UUID tenant) {
        return jdbc.sql("update name_claim set tenant = ?, until = null where kind = ? and name = ? and until < now()")
                .params(tenant, kind.column(), canonicalName)
                .update();
    }

    /** Gives up a name at once, without quarantine. */
    void release(Kind kind, String canonicalName, UUID tenant) {
        jdbc.sql(
                        "update name_claim set until = now() - interval '1 microsecond' where kind = ? and name = ? and tenant = ?")
                .params(kind.column(), canonicalName, tenant)
                .update();
    }
}
