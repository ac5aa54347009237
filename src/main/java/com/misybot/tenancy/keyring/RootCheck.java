package com.misybot.tenancy.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.security.MessageDigest;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses a start with another root secret than the one the data was written under. The first start leaves a check value,
 * a MAC that says nothing about the secret; every later start compares.
 */
final class RootCheck implements InitializingBean {

    private static final byte[] TEXT = "misy-tenancy root check".getBytes(US_ASCII);

    private final Keyring keyring;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;

    RootCheck(Keyring keyring, ScopedTransactions transactions, JdbcClient jdbc) {
        this.keyring = keyring;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Override
    public void afterPropertiesSet() {
        var value = keyring.macKey(Keyring.Purpose.CHECK).mac(TEXT);
        var kept = transactions.change(Scope.platform(), () -> {
            jdbc.sql("insert into root_check (id, value) values (1, ?) on conflict do nothing")
                    .param(value)
                    .update();
            return jdbc.sql("select value from root_check where id = 1")
                    .query(byte[].class)
                    .single();
        });
        if (!MessageDigest.isEqual(value, kept)) {
            throw new RootSecretException("This database was written under another root secret: keys and tokens would"
                    + " not be accepted. Start with the root secret that belongs to it (tenancy.keyring.root-file).");
        }
    }
}
