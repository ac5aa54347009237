package com.misybot.tenancy.operation;

import org.springframework.transaction.support.TransactionSynchronization;

/** Something to do once the transaction has committed. */
record AfterCommit(Runnable work) implements TransactionSynchronization {

    @Override
    public void afterCommit() {
        work.run();
    }
}
