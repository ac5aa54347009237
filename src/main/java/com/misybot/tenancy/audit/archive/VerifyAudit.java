package com.misybot.tenancy.audit.archive;

import com.misybot.tenancy.audit.Verification.Kept;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The command {@code verify-audit ARCHIVE [SEQ:HASH]}: verifies an archive without a database and without a network, for who does not
 * trust the service that wrote it.
 */
public final class VerifyAudit {

    /** The first argument that asks for it. */
    public static final String NAME = "verify-audit";

    /** What ends it where it was called wrongly, or the archive cannot be read. */
    private static final int UNREADABLE = 2;

    private VerifyAudit() {}

    /**
     * Runs the command.
     *
     * @param args the command line, {@link #NAME} first
     * @return the exit code: 0 where all is as it was written, 1 where it is not, 2 where the archive cannot be read
     */
    public static int run(String[] args) {
        return run(args, System.out, System.err);
    }

    static int run(String[] args, PrintStream out, PrintStream errors) {
        if (args.length < 2 || args.length > 3) {
            errors.println("Give verify-audit ARCHIVE, and SEQ:HASH of what you have kept if you like.");
            return UNREADABLE;
        }
        try {
            var outcome = ArchiveCheck.verify(Path.of(args[1]), args.length == 3 ? kept(args[2]) : null);
            outcome.keys().forEach(key -> out.println("signed by " + key));
            var fault = outcome.fault();
            if (fault == null) {
                out.println("valid: entries 1 to " + outcome.last() + " are as they were written");
                return 0;
            }
            out.println("not valid: entry " + fault.seq() + ": " + fault.why() + ": " + fault.detail());
            return 1;
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            errors.println("The archive cannot be read: " + e.getMessage());
            return UNREADABLE;
        }
    }

    private static @Nullable Kept kept(String text) {
        var colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("SEQ:HASH is a number, a colon and 64 hexadecimal digits");
        }
        return new Kept(Long.parseLong(text.substring(0, colon)), HexFormat.of().parseHex(text.substring(colon + 1)));
    }
}
