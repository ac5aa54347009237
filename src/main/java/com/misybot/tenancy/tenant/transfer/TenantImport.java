package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.Tally;
import com.misybot.tenancy.tenant.BulkRegistration;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Takes in tenants from a stream of any length, in constant memory. Where the client pauses, what it has sent so far is done and
 * answered.
 *
 * <p>A stream that breaks off ends the import with {@link IOException}: what was committed stays, half a line does nothing.
 */
@Service
public class TenantImport {

    /** Each holds one connection and up to two chunks of lines. */
    private static final int AT_ONCE = 4;

    private final TenantService tenants;
    private final BulkRegistration registration;
    private final ScopedTransactions transactions;
    private final ObjectProvider<Tally> tally;
    private final SecureRandom random;
    private final Semaphore places = new Semaphore(AT_ONCE);

    TenantImport(
            TenantService tenants,
            BulkRegistration registration,
            ScopedTransactions transactions,
            ObjectProvider<Tally> tally,
            SecureRandom random) {
        this.tenants = tenants;
        this.registration = registration;
        this.transactions = transactions;
        this.tally = tally;
        this.random = random;
    }

    /** Imports newline-delimited JSON. */
    public ImportSummary ndjson(InputStream in, ImportLine.Reading reading, ImportOrder order, ImportSink sink)
            throws IOException {
        return run(() -> new NdjsonLines(in), reading, order, sink);
    }

    /**
     * Imports CSV with the columns of {@link TenantCsv}, or some of them.
     *
     * @throws com.misybot.tenancy.web.ProblemException 400 where the first row does not name columns, before anything is sent
     */
    public ImportSummary csv(InputStream in, ImportLine.Reading reading, ImportOrder order, ImportSink sink)
            throws IOException {
        return run(() -> new CsvLines(in), reading, order, sink);
    }

    private ImportSummary run(Opening opening, ImportLine.Reading reading, ImportOrder order, ImportSink sink)
            throws IOException {
        if (!places.tryAcquire()) {
            throw Problem.of(
                            WebProblem.TOO_MANY_REQUESTS,
                            "As many imports are running as can at once: try again later.")
                    .retryAfter(Duration.ofSeconds(30))
                    .asException();
        }
        var work = new ChunkImport(tenants, registration, transactions, order, new FileNames(random));
        try {
            return new ImportRun(work, counting(order, sink)).run(opening.open(), reading);
        } finally {
            places.release();
        }
    }

    /** Refused lines are counted: told one by one they would fill a trail. */
    private ImportSink counting(ImportOrder order, ImportSink sink) {
        return results -> {
            var counting = order.dryRun() ? null : tally.getIfAvailable();
            for (var result : results) {
                var problem = result.problem();
                if (problem != null && counting != null) {
                    counting.count(
                            null,
                            order.cause().actor(),
                            "import " + problem.code().code());
                }
            }
            sink.send(results);
        };
    }

    /** Begins to read. */
    @FunctionalInterface
    private interface Opening {
        LineSource open() throws IOException;
    }
}
