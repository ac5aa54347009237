package com.misybot.tenancy.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** On a database that has a check value: the start of the context wrote it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class RootCheckTests {

    private final Keyring keyring;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;

    RootCheckTests(@Autowired Keyring keyring, @Autowired ScopedTransactions transactions, @Autowired JdbcClient jdbc) {
        this.keyring = keyring;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void acceptsTheSecretTheDataWasWrittenUnder() {
        assertThatCode(new RootCheck(keyring, transactions, jdbc)::afterPropertiesSet)
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherSecretAndKeepsTheValue() {
        var kept = value();

        assertThatThrownBy(new RootCheck(Keyrings.fixed(), transactions, jdbc)::afterPropertiesSet)
                .isInstanceOf(RootSecretException.class)
                .hasMessageContainingAll("another root secret", "tenancy.keyring.root-file");

        assertThat(value()).isEqualTo(kept);
    }

    private byte[] value() {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select value from root_check")
                        .query(byte[].class)
                        .single());
    }
}
