package com.misybot.bench;

import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What is left of a read where nothing is done but the statements, by hand, and the body, by Jackson. */
@RestController
class BareEndpoints {

    private final Rows rows;
    private final StatefulRedisConnection<String, String> redis;
    private final Map<String, Object> bodies = new ConcurrentHashMap<>();

    BareEndpoints(Rows rows, StatefulRedisConnection<String, String> redis) {
        this.rows = rows;
        this.redis = redis;
    }

    /** Keeps a body of the service, so that an equal one can be written from memory. */
    @PutMapping("/memory/{name}")
    void keep(@PathVariable String name, @RequestBody Object body) {
        bodies.put(name, body);
    }

    @GetMapping("/memory/{name}")
    Object fromMemory(@PathVariable String name) {
        return bodies.get(name);
    }

    /** A body that is in Redis, as it is there. */
    @GetMapping(path = "/redis/{key}", produces = "application/json")
    String fromRedis(@PathVariable String key) throws Exception {
        return redis.async().get("tenancy:bench:" + key).get();
    }

    @GetMapping("/scope-select-commit/{tenantId}")
    BareTenant scopeSelectCommit(@PathVariable String tenantId) throws SQLException {
        return rows.inTransaction(tenantId, true);
    }

    @GetMapping("/select-commit/{tenantId}")
    BareTenant selectCommit(@PathVariable String tenantId) throws SQLException {
        return rows.inTransaction(tenantId, false);
    }

    @GetMapping("/select/{tenantId}")
    BareTenant select(@PathVariable String tenantId) throws SQLException {
        return rows.alone(tenantId);
    }

    /** The statements, without any framework. */
    record Rows(DataSource transactions, DataSource singleStatements) {

        private static final String BIND = "select set_config('tenancy.tenant', ?, true)";
        private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

        BareTenant inTransaction(String tenantId, boolean bound) throws SQLException {
            try (var connection = transactions.getConnection()) {
                if (bound) {
                    bind(connection);
                }
                var tenant = select(connection, tenantId);
                connection.commit();
                return tenant;
            }
        }

        BareTenant alone(String tenantId) throws SQLException {
            try (var connection = singleStatements.getConnection()) {
                return select(connection, tenantId);
            }
        }

        private static void bind(Connection connection) throws SQLException {
            try (var statement = connection.prepareStatement(BIND)) {
                statement.setString(1, NOBODY);
                statement.execute();
            }
        }

        private static BareTenant select(Connection connection, String tenantId) throws SQLException {
            try (var statement = connection.prepareStatement(BareTenant.QUERY)) {
                statement.setString(1, tenantId);
                try (var row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalArgumentException("There is no tenant " + tenantId);
                    }
                    return BareTenant.of(row);
                }
            }
        }
    }
}
