package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.Session;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.TransactionDefinition;

/**
 * Binds the scope as the first statement of every transaction: transaction-local, so that it never leaks to the next
 * borrower of a pooled connection. Here rather than in a transaction listener, because a listener that throws leaks its
 * connection.
 */
final class ScopeBindingJpaDialect extends HibernateJpaDialect {

    private static final long serialVersionUID = 1L;

    private static final String BIND = "select set_config('tenancy.tenant', ?, true)";

    @Override
    public Object beginTransaction(EntityManager entityManager, TransactionDefinition definition) throws SQLException {
        var transaction = super.beginTransaction(entityManager, definition);
        if (Scope.current() instanceof Scope.Tenant scope) {
            entityManager.unwrap(Session.class).doWork(connection -> bind(connection, scope));
        }
        return transaction;
    }

    private static void bind(Connection connection, Scope.Tenant scope) throws SQLException {
        try (var statement = connection.prepareStatement(BIND)) {
            statement.setString(1, scope.tenant().toString());
            statement.execute();
        }
    }
}
