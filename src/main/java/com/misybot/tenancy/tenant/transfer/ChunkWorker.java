package com.misybot.tenancy.tenant.transfer;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Does one chunk at a time on a thread of its own. */
final class ChunkWorker implements AutoCloseable {

    private final ChunkImport work;
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Future<List<ImportResult>> running;

    ChunkWorker(ChunkImport work) {
        this.work = work;
    }

    /** Begins a chunk; the results of the one before must have been taken. */
    void start(List<NumberedLine> chunk) {
        if (!chunk.isEmpty()) {
            running = thread.submit(() -> work.run(chunk));
        }
    }

    /** Whether there is a chunk whose results have not been taken. */
    boolean isBusy() {
        return running != null;
    }

    /** Waits for the results of the chunk that was begun; none where none was. */
    List<ImportResult> results() {
        if (running == null) {
            return List.of();
        }
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The import was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A chunk failed as a whole", e.getCause());
        } finally {
            running = null;
        }
    }

    /** Waits for a chunk that is still being done: it is committed or not, never abandoned. */
    @Override
    public void close() {
        thread.close();
    }
}
