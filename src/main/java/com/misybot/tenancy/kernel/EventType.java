package com.misybot.tenancy.kernel;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One type of event, declared by the module that publishes the {@link Change}s of this type. An event carries the names of the
 * changed fields, and of their values only the states named here: words of a closed list, which can be nobody's personal data.
 *
 * @param name as in {@link Change#type()}, such as {@code tenant.suspended}
 * @param description what has happened, in a sentence
 * @param subject what {@link Change#subject()} names, in a few words
 * @param states fields whose new value is told, each with all the words it can be
 */
public record EventType(String name, String description, String subject, SortedMap<String, List<String>> states) {

    /** What a name looks like: words with dots between them. */
    public static final String PATTERN = "^[a-z][a-z_]*(\\.[a-z][a-z_]*)+$";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    public EventType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("No name of a type of event: " + name);
        }
        var copies = new TreeMap<String, List<String>>();
        states.forEach((field, words) -> copies.put(field, List.copyOf(words)));
        states = Collections.unmodifiableSortedMap(copies);
    }

    /** A type that tells no state. */
    public static EventType of(String name, String description, String subject) {
        return new EventType(name, description, subject, new TreeMap<>());
    }

    /** The same type, which tells the new value of this field too. */
    public <E extends Enum<E>> EventType telling(String field, Class<E> words) {
        var more = new TreeMap<>(states);
        more.put(field, Arrays.stream(words.getEnumConstants()).map(Enum::name).toList());
        return new EventType(name, description, subject, more);
    }

    /** The states of a change that events of this type tell, by field, each as JSON. */
    public Map<String, String> told(Change change) {
        var told = new TreeMap<String, String>();
        states.forEach((field, words) -> {
            var difference = change.fields().get(field);
            var after = difference == null ? null : difference.after();
            if (after != null && words.stream().anyMatch(word -> after.equals('"' + word + '"'))) {
                told.put(field, after);
            }
        });
        return told;
    }
}
