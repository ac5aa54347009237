package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the key that all others come from, while no operator key exists that would be accepted. Of several instances that
 * try, one makes it: they wait for the lock of the platform's own rows, and look again once they have it.
 */
@Component
public class FirstOperatorKey {

    private static final Logger log = LoggerFactory.getLogger(FirstOperatorKey.class);

    private final ApiKeys keys;
    private final ApiKeyRows rows;
    private final ScopedTransactions transactions;

    FirstOperatorKey(ApiKeys keys, ApiKeyRows rows, ScopedTransactions transactions) {
        this.keys = keys;
        this.rows = rows;
        this.transactions = transactions;
    }

    /**
     * Makes the key and hands it over before the row is committed: a key that was handed over without its row opens nothing,
     * and the next try makes another. The other way round, a crash in between would leave a key that nobody has and that
     * keeps every other from being made.
     *
     * @param receiver takes the key; where it throws, nothing has been made
     * @return whether there was a key to make
     */
    public boolean issue(Consumer<OneTimeSecret> receiver) {
        return transactions.change(Scope.platformRows(), () -> {
            if (rows.usableOperatorKeyExists()) {
                return false;
            }
            var everything = new Authority(AccessScope.all(), Reach.all(), List.of(), Set.of(Audience.ANY));
            var wanted = new ApiKeys.Wanted(null, "First operator key", ApiKey.Kind.OPERATOR, everything, null);
            var issued = keys.issue(wanted, Cause.of(Actor.system("first-operator-key")));
            receiver.accept(issued.secret());
            return true;
        });
    }

    /** Makes the key and leaves it in a file that nobody else may read. */
    public void issueInto(Path file) {
        var made = issue(secret -> {
            try {
                OperatorKeyFile.write(file, secret);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The first operator key cannot be written to " + file + " (tenancy.security.operator-key-file)",
                        e);
            }
        });
        if (made) {
            log.info("The first operator key is in the file {}", file.toAbsolutePath());
        }
    }
}
