package com.misybot.tenancy.embedded;

import java.nio.file.Path;
import java.util.List;

/** What runs on this machine from the programs of a data directory. */
final class Processes {

    private Processes() {}

    static List<ProcessHandle> of(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command ->
                                command.startsWith(data.toAbsolutePath().toString()))
                        .isPresent())
                .toList();
    }
}
