package com.misybot.tenancy.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * A data directory of one test with the programs unpacked already, as links: it takes a second each time, and 60 MB. What runs from
 * it ends with it.
 *
 * @param path where
 */
record LinkedData(Path path) implements AutoCloseable {

    static LinkedData make() throws IOException {
        var data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "engines-");
        var unpacked = Unpacked.PROGRAMS;
        var target = data.resolve("engines").resolve(unpacked.directory().getFileName());
        try (var files = Files.walk(unpacked.directory())) {
            for (var file : (Iterable<Path>) files::iterator) {
                var link = target.resolve(unpacked.directory().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(link);
                } else {
                    Files.createLink(link, file);
                }
            }
        }
        return new LinkedData(data);
    }

    /** Where no service of this JVM unpacks its own. */
    private static final class Unpacked {
        static final PostgresBinaries PROGRAMS =
                PostgresBinaries.unpacked(DataDirectory.at(Path.of("target/engines-unpacked")));
    }

    @Override
    public void close() throws IOException {
        Processes.of(path).forEach(ProcessHandle::destroyForcibly);
        FileSystemUtils.deleteRecursively(path);
    }
}
