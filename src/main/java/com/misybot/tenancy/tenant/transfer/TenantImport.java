package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.BulkRegistration;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Service;

/**
 * Takes in tenants from a stream of any length, in constant memory. While one chunk of lines is written to the database on a
 * thread of its own, the next one is read and understood; results leave before more than these two chunks are taken in, so that
 * a client that does not read its results is not read from either. Where the client pauses, what it has sent so far is done
 * and answered.
 *
 * <p>A stream that breaks off ends the import with {@link IOException}: what was committed stays, half a line does nothing.
 */
@Service
public class TenantImport {

    private static final int CHUNK_BYTES = 4 * 1024 * 1024;
    private static final int AT_ONCE = 4;

    /** How long a chunk waits for a client that pauses, and how often it looks. */
    private static final Duration MOMENT = Duration.ofMillis(50);

    private static final Duration LOOK = Duration.ofMillis(1);

    private final TenantService tenants;
    private final BulkRegistration registration;
    private final ScopedTransactions transactions;
    private final SecureRandom random;
    private final Semaphore places = new Semaphore(AT_ONCE);

    TenantImport(
            TenantService tenants,
            BulkRegistration registration,
            ScopedTransactions transactions,
            SecureRandom random) {
        this.tenants = tenants;
        this.registration = registration;
        this.transactions = transactions;
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
        try (var line = new Pipeline(work, sink)) {
            return line.run(opening.open(), reading);
        } finally {
            places.release();
        }
    }

    /** Begins to read. */
    @FunctionalInterface
    private interface Opening {
        LineSource open() throws IOException;
    }

    /** Reads, hands over, sends. */
    private static final class Pipeline implements AutoCloseable {

        private final ImportSummary summary = new ImportSummary();
        private final ChunkWorker worker;
        private final ImportSink sink;

        Pipeline(ChunkImport work, ImportSink sink) {
            this.worker = new ChunkWorker(work);
            this.sink = sink;
        }

        ImportSummary run(LineSource source, ImportLine.Reading reading) throws IOException {
            List<NumberedLine> chunk = new ArrayList<>();
            var bytes = 0;
            while (true) {
                var full = chunk.size() == BulkRegistration.MOST || bytes >= CHUNK_BYTES;
                if (worker.isBusy() && (full || !source.ready())) {
                    sendResults();
                    continue;
                }
                if (full || (!chunk.isEmpty() && !comes(source))) {
                    worker.start(chunk);
                    chunk = new ArrayList<>();
                    bytes = 0;
                    continue;
                }
                switch (source.next()) {
                    case RawLine.Content line -> {
                        chunk.add(new NumberedLine(line.number(), reading.read(line.json())));
                        bytes += line.json().length;
                    }
                    case RawLine.Bad line ->
                        chunk.add(new NumberedLine(line.number(), new ImportLine(null, null, line.problem())));
                    case RawLine.Blank _ -> summary.addBlank();
                    case null -> {
                        sendResults();
                        worker.start(chunk);
                        sendResults();
                        return summary;
                    }
                }
            }
        }

        /** Whether more comes in a moment: a client that is merely slower than this service shall not get a commit a line. */
        private static boolean comes(LineSource source) throws IOException {
            var end = System.nanoTime() + MOMENT.toNanos();
            while (!source.ready()) {
                if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
            return true;
        }

        private void sendResults() throws IOException {
            var results = worker.results();
            if (!results.isEmpty()) {
                summary.add(results);
                sink.send(results);
            }
        }

        @Override
        public void close() {
            worker.close();
        }
    }
}
