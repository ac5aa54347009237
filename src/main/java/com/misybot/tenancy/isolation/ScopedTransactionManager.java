package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;
import jakarta.persistence.EntityManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Begins a transaction under the bound scope and keeps it there: joining it under another scope is refused, and so is a
 * second transaction while one is open, which would hold a second connection.
 */
final class ScopedTransactionManager extends JpaTransactionManager {

    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(ScopedTransactionManager.class);

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

    /**
     * A rollback fails where the connection is gone, and with it the transaction: what made it necessary tells the caller more
     * than its failure, which would take its place. The pool closes such a connection, or rolls it back once more.
     */
    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (DataAccessException | TransactionSystemException e) {
            log.debug("The connection was gone before the rollback", e);
        }
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
