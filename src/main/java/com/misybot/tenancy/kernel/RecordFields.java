package com.misybot.tenancy.kernel;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of records by their names. Asking a class for its components makes them anew each time, so they are asked for once. */
public final class RecordFields {

    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return List.of(type.getRecordComponents());
        }
    };

    private RecordFields() {}

    /**
     * All of a record, in the order of declaration.
     *
     * @throws IllegalArgumentException where the record is not public
     */
    public static Map<String, @Nullable Object> of(Record fields) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var component : COMPONENTS.get(fields.getClass())) {
            values.put(component.getName(), value(fields, component));
        }
        return Collections.unmodifiableMap(values);
    }

    private static @Nullable Object value(Record fields, RecordComponent component) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Only records that are public show their fields", e);
        }
    }
}
