package com.misybot.tenancy.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.springframework.util.FileSystemUtils;

/** Where the engines keep what they have. Only its owner may enter it; secrets are files of their own, made once. */
record DataDirectory(Path path) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Takes the directory, makes it if need be, and closes it to everybody else. */
    static DataDirectory at(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().normalize(), attributes("rwx------", path));
            var real = path.toRealPath();
            if (isPosix(real)) {
                Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
            }
            return new DataDirectory(real);
        } catch (IOException e) {
            throw new EngineException(
                    "The data directory " + path.toAbsolutePath().normalize()
                            + " cannot be used: choose another one with TENANCY_EMBEDDED_DATA_DIR",
                    e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** A password of 128 random bits, made at first use and kept in {@code passwords/<name>}. */
    String password(String name) {
        return secret("passwords/" + name, 16);
    }

    /** The file with the given number of random bytes in hexadecimal, made at first use. */
    Path secretFile(String name, int bytes) {
        secret(name, bytes);
        return resolve(name);
    }

    private String secret(String name, int bytes) {
        var file = resolve(name);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent(), attributes("rwx------", path));
                var random = new byte[bytes];
                RANDOM.nextBytes(random);
                writeSecret(name, HexFormat.of().formatHex(random) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Never half a secret under its name, and never a moment in which others may read it. */
    Path writeSecret(String name, String text) throws IOException {
        var file = resolve(name);
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (var channel = FileChannel.open(part, Set.of(CREATE_NEW, WRITE), attributes("rw-------", path))) {
            try (var writer = Channels.newWriter(channel, US_ASCII)) {
                writer.write(text);
                writer.flush();
                channel.force(true);
            }
        }
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void createFile(String name) {
        try {
            Files.createFile(resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            FileSystemUtils.deleteRecursively(resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions, Path near) {
        return isPosix(near)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
