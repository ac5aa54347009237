package com.misybot.tenancy.kernel;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON of one form alone, so that equal values have equal texts: keys sorted by UTF-16 code units, no white space,
 * numbers in plain notation, and of a text only quotation marks, backslashes and control characters escaped (RFC 8259, section 7).
 */
public final class CanonicalJson {

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /**
     * The text of a value made of texts, numbers, booleans, collections, records and maps with texts for keys; whatever else it
     * holds is written as its text. A component of a record that is null is left out.
     */
    public static String of(@Nullable Object value) {
        var json = new CanonicalJson();
        json.write(value);
        return json.out.toString();
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Boolean truth -> out.append(truth);
            case BigDecimal number -> out.append(number.toPlainString());
            case Number number -> out.append(number);
            case Map<?, ?> map -> object(map);
            case Set<?> elements -> array(sorted(elements));
            case Collection<?> elements -> array(elements);
            case Record fields -> object(present(fields));
            default -> text(value.toString());
        }
    }

    /** A set has no order of its own. */
    private static List<?> sorted(Set<?> elements) {
        return elements.stream().sorted(Comparator.comparing(CanonicalJson::of)).toList();
    }

    private void array(Collection<?> elements) {
        var separator = '[';
        for (var element : elements) {
            out.append(separator);
            write(element);
            separator = ',';
        }
        out.append(elements.isEmpty() ? "[]" : "]");
    }

    private void object(Map<?, ?> map) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, value) -> sorted.put(key.toString(), value));
        var separator = '{';
        for (var member : sorted.entrySet()) {
            out.append(separator);
            text(member.getKey());
            out.append(':');
            write(member.getValue());
            separator = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static Map<String, Object> present(Record fields) {
        var present = new LinkedHashMap<String, Object>();
        RecordFields.of(fields).forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        return present;
    }

    private void text(String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
