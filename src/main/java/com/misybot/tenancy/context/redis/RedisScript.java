package com.misybot.tenancy.context.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * A Lua script, known to Redis by its SHA-1. All keys it touches are in its KEYS and of one tenant; it holds on Redis 6.2.
 *
 * @param source its text
 * @param sha what Redis calls it
 * @param output what it returns, for the driver
 * @param reading what the driver gives, as it is typed
 */
public record RedisScript<T>(String source, String sha, ScriptOutputType output, Function<Object, T> reading) {

    /** The keys and arguments of one run. */
    public record Call(List<String> keys, List<String> arguments) {

        /** A run with one key. */
        public static Call of(String key, String... arguments) {
            return new Call(List.of(key), List.of(arguments));
        }
    }

    /** The script in a resource beside {@code owner} that returns a number. */
    public static RedisScript<Long> number(Class<?> owner, String resource) {
        return read(owner, resource, ScriptOutputType.INTEGER, Long.class::cast);
    }

    /** The script in a resource beside {@code owner} that returns several values. */
    public static RedisScript<List<Object>> values(Class<?> owner, String resource) {
        return read(owner, resource, ScriptOutputType.MULTI, values -> new ArrayList<>((List<?>) values));
    }

    private static <T> RedisScript<T> read(
            Class<?> owner, String resource, ScriptOutputType output, Function<Object, T> reading) {
        try (var in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("No script " + resource + " beside " + owner);
            }
            var bytes = in.readAllBytes();
            return new RedisScript<>(new String(bytes, UTF_8), HexFormat.of().formatHex(sha1(bytes)), output, reading);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
