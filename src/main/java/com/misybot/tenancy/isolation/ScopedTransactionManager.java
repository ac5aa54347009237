package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Begins a transaction under the bound scope and keeps it there: joining it under another scope is refused, and so is a
 * second transaction while one is open, which would hold a second connection.
 */
final class ScopedTransactionManager extends JpaTransactionManager {

    private static final long serialVersionUID = 1L;

    ScopedTransactionManager(EntityManagerFactory factory) {
        super(factory);
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        var existing = super.isExistingTransaction(transaction);
        if (existing && !Scope.current().equals(TransactionSynchronizationManager.getResource(this))) {
            throw new Scope.ScopeChangedException();
        }
        return existing;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        var scope = Scope.current();
        super.doBegin(transaction, definition);
        TransactionSynchronizationManager.bindResource(this, scope);
    }

    @Override
    protected Object doSuspend(Object transaction) {
        throw new IllegalStateException("A transaction is open: a second one would hold a second connection");
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this);
        super.doCleanupAfterCompletion(transaction);
    }
}
