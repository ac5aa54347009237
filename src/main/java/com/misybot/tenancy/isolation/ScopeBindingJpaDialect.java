package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.Session;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.TransactionDefinition;

/**
 * Binds the scope as the first statement of every transaction, and takes the tenant's lock with it where the transaction is one that
 * changes it: transaction-local, so that it never leaks to the next borrower of a pooled connection. Here rather than in a transaction listener, because a listener that throws leaks its
 * connection.
 */
final class ScopeBindingJpaDialect extends HibernateJpaDialect {

    private static final long serialVersionUID = 1L;

    private static final String BIND = "select set_config('tenancy.tenant', ?, true)";
    private static final String BIND_AND_LOCK = BIND + ", " + ScopedTransactions.TAKE_LOCK;

    @Override
    public Object beginTransaction(EntityManager entityManager, TransactionDefinition definition) throws SQLException {
        var transaction = super.beginTransaction(entityManager, definition);
        if (Scope.current() instanceof Scope.Tenant scope) {
            var locks = ScopedTransactions.LOCKING.equals(definition.getName());
            entityManager.unwrap(Session.class).doWork(connection -> bind(connection, scope, locks));
        }
        return transaction;
    }

    private static void bind(Connection connection, Scope.Tenant scope, boolean locks) throws SQLException {
        try (var statement = connection.prepareStatement(locks ? BIND_AND_LOCK : BIND)) {
            statement.setString(1, scope.tenant().toString());
            if (locks) {
                statement.setString(2, scope.tenant().toString());
            }
            statement.execute();
        }
    }
}
