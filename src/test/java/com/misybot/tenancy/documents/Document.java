package com.misybot.tenancy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a document that is made from the code. It stands between two markers, and the build fails where it is not what
 * the code makes; {@code -Dupdate.docs=true} writes it anew.
 */
public final class Document {

    private static final boolean UPDATE = Boolean.getBoolean("update.docs");

    private final Path file;
    private final String begin;
    private final String end;

    private Document(Path file, String name) {
        this.file = file;
        this.begin = "<!-- begin " + name + ", made by the build -->\n";
        this.end = "<!-- end " + name + " -->";
    }

    /** The part with this name in a file of the project. */
    public static Document part(String file, String name) {
        return new Document(Path.of(file), name);
    }

    /** What stands there now. */
    public String text() throws IOException {
        var whole = Files.readString(file);
        assertThat(whole).as(file + " has the markers").contains(begin).contains(end);
        return whole.substring(whole.indexOf(begin) + begin.length(), whole.indexOf(end));
    }

    /** Compares what stands there with what the code makes, or writes it. */
    public void requireSameAs(String made) throws IOException {
        if (UPDATE) {
            write(made);
        }
        assertThat(text())
                .as("%s: write it anew with ./mvnw test -Dupdate.docs=true", file)
                .isEqualTo(made);
    }

    /** Writes it where the build was asked to. */
    public void updateWith(String made) throws IOException {
        if (UPDATE) {
            write(made);
        }
    }

    private void write(String made) throws IOException {
        var whole = Files.readString(file);
        Files.writeString(
                file,
                whole.substring(0, whole.indexOf(begin) + begin.length()) + made + whole.substring(whole.indexOf(end)));
    }
}
