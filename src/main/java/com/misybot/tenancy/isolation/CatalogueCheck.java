package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks in the catalogue of the database for every way in which it would not keep tenants apart. A breach at start stops
 * the service; a later one turns readiness red.
 */
@Component
class CatalogueCheck implements SmartInitializingSingleton {

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final List<String> questions;

    CatalogueCheck(ScopedTransactions transactions, JdbcClient jdbc) throws IOException {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.questions = List.of(question("catalogue-breaches.sql"), question("role-breaches.sql"));
    }

    private static String question(String name) throws IOException {
        return new ClassPathResource("db/" + name).getContentAsString(StandardCharsets.UTF_8);
    }

    @Override
    public void afterSingletonsInstantiated() {
        var breaches = breaches();
        if (!breaches.isEmpty()) {
            throw new IsolationException("The database does not keep tenants apart: " + String.join("; ", breaches)
                    + ". See docs/database-roles.md.");
        }
    }

    /** Returns where PostgreSQL answers, and raises what it raises where it does not. */
    void reach() {
        transactions.read(
                Scope.platform(),
                () -> jdbc.sql("select 1").query(Integer.class).single());
    }

    /** A sentence for each breach; none where all is well. */
    List<String> breaches() {
        return transactions.read(
                Scope.platform(),
                () -> questions.stream()
                        .flatMap(sql -> jdbc.sql(sql).query(String.class).list().stream())
                        .toList());
    }
}
