package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.kernel.LogContext;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One import: the thread of the request reads and understands lines, another one does them. Reading goes on while a chunk is
 * written, and no further: where the results find no room any more, the client is not read from.
 */
final class ImportRun {

    private final Conveyor conveyor = new Conveyor();
    private final ImportSummary summary = new ImportSummary();
    private final ChunkImport work;
    private final ImportSink sink;

    ImportRun(ChunkImport work, ImportSink sink) {
        this.work = work;
        this.sink = sink;
    }

    /** Returns, or raises, when no thread of it is left: a chunk that has begun is committed or not, never abandoned. */
    ImportSummary run(LineSource source, ImportLine.Reading reading) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var doing = threads.submit(LogContext.carried(this::work));
            var whole = false;
            try {
                read(source, reading);
                whole = true;
            } finally {
                if (whole) {
                    conveyor.end();
                } else {
                    conveyor.stop();
                }
            }
            doing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The import was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException gone) {
                throw gone;
            }
            throw new IllegalStateException("A chunk failed as a whole", e.getCause());
        }
        return summary;
    }

    private void read(LineSource source, ImportLine.Reading reading) throws IOException, InterruptedException {
        for (var line = source.next(); line != null; line = source.next()) {
            var wanted = switch (line) {
                case RawLine.Content content ->
                    conveyor.put(
                            new NumberedLine(content.number(), reading.read(content.json())), content.json().length);
                case RawLine.Bad bad ->
                    conveyor.put(new NumberedLine(bad.number(), new ImportLine(null, null, bad.problem())), 0);
                case RawLine.Blank _ -> {
                    summary.addBlank();
                    yield true;
                }
            };
            if (!wanted) {
                return;
            }
        }
    }

    private @Nullable Void work() throws IOException, InterruptedException {
        try {
            for (var chunk = conveyor.take(); !chunk.isEmpty(); chunk = conveyor.take()) {
                var results = work.run(chunk);
                summary.add(results);
                sink.send(results);
            }
        } finally {
            conveyor.stop();
        }
        return null;
    }
}
