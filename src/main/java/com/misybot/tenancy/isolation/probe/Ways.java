package com.misybot.tenancy.isolation.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;

/** Lists of ways that a probe tries, kept beside the code as text: {@code name: what to say to the store}, and lines of comment with {@code #}. */
public final class Ways {

    private Ways() {}

    /** Reads the list {@code file} beside {@code type}, in its order. */
    public static Map<String, String> of(Class<?> type, String file) {
        var ways = new LinkedHashMap<String, String>();
        try {
            new ClassPathResource(file, type)
                    .getContentAsString(UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        var colon = line.indexOf(": ");
                        ways.put(line.substring(0, colon), line.substring(colon + 2));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(ways);
    }
}
