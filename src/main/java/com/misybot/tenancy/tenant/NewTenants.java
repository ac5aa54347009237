package com.misybot.tenancy.tenant;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Repository;

/** Writes tenants that have just come into being, many with one statement. */
@Repository
class NewTenants {

    /** How long a secret of another system is accepted, unless it has been used before. */
    static final Duration ACCEPTED = Duration.ofDays(90);

    private static final String LEGACY =
            "insert into legacy_secret (tenant, algorithm, hash, until) values (?, ?, ?, ?)";

    private final EntityManager entities;
    private final JdbcOperations jdbc;

    NewTenants(EntityManager entities, JdbcOperations jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    void insert(List<Tenant> tenants) {
        var session = entities.unwrap(Session.class);
        session.setJdbcBatchSize(BulkRegistration.MOST);
        tenants.forEach(session::persist);
        session.flush();
        // they are not changed in this transaction any more
        session.clear();
    }

    /** Keeps what these tenants authenticate with until they have a secret of this system. */
    void insert(Map<UUID, LegacySecretHash> secrets, Instant now) {
        if (!secrets.isEmpty()) {
            var until = now.plus(ACCEPTED).atOffset(ZoneOffset.UTC);
            jdbc.batchUpdate(
                    LEGACY,
                    secrets.entrySet().stream()
                            .map(one -> new Object[] {
                                one.getKey(),
                                one.getValue().algorithm().word(),
                                one.getValue().hash(),
                                until
                            })
                            .toList());
        }
    }
}
