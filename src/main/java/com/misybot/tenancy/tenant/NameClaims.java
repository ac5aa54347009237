package com.misybot.tenancy.tenant;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
            return name().toLowerCase(Locale.ROOT);
        }

        /** The field of a request that asks for such a name. */
        String field() {
            return field;
        }
    }

    /**
     * A name that a tenant wants.
     *
     * @param kind of the name
     * @param name canonical
     * @param tenant who wants it
     */
    record Claim(Kind kind, String name, UUID tenant) {}

    /** One order for all who claim many, so that no two of them wait for each other. */
    private static final Comparator<Claim> ORDER =
            Comparator.comparing(Claim::kind).thenComparing(Claim::name);

    private static final String WANTED =
            "unnest(?::text[], ?::text[], ?::text[]::uuid[]) as wanted (kind, name, tenant)";

    private final JdbcClient jdbc;

    NameClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims names, all or none.
     *
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code name_taken} where one is in use or in quarantine
     */
    void claim(Collection<Claim> claims) {
        var taken = claimAll(claims);
        if (!taken.isEmpty()) {
            throw TenantProblem.taken(taken.getFirst().kind().field());
        }
    }

    /**
     * Claims as many of these names as it gets.
     *
     * @return those that are in use or in quarantine; where there is one, roll the transaction back, since what was won beside
     *     it cannot be given up otherwise
     */
    List<Claim> claimAll(Collection<Claim> claims) {
        var wanted = claims.stream().sorted(ORDER).toList();
        var columns = columns(wanted);
        var made = jdbc.sql("insert into name_claim (kind, name, tenant) select kind, name, tenant from " + WANTED
                        + " on conflict do nothing")
                .params(columns)
                .update();
        if (made == wanted.size() || made + takeOver(columns) == wanted.size()) {
            return List.of();
        }
        var won = jdbc.sql("select kind, name from name_claim join " + WANTED + " using (kind, name, tenant)")
                .params(columns)
                .query((row, _) -> row.getString(1) + ' ' + row.getString(2))
                .set();
        return wanted.stream()
                .filter(claim -> !won.contains(claim.kind.column() + ' ' + claim.name))
                .toList();
    }

    private int takeOver(List<String[]> columns) {
        return jdbc.sql(
                        "update name_claim set tenant = wanted.tenant, until = null from " + WANTED
                                + " where name_claim.kind = wanted.kind and name_claim.name = wanted.name and name_claim.until < now()")
                .params(columns)
                .update();
    }

    private static List<String[]> columns(List<Claim> claims) {
        return List.of(
                claims.stream().map(claim -> claim.kind.column()).toArray(String[]::new),
                claims.stream().map(Claim::name).toArray(String[]::new),
                claims.stream().map(claim -> claim.tenant.toString()).toArray(String[]::new));
    }

    /** Gives up a name at once, without quarantine. */
    void release(Kind kind, String canonicalName, UUID tenant) {
        jdbc.sql(
                        "update name_claim set until = now() - interval '1 microsecond' where kind = ? and name = ? and tenant = ?")
                .params(kind.column(), canonicalName, tenant)
                .update();
    }
}
