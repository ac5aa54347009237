package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.json.StrictValues;
import java.beans.PropertyEditorSupport;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Reads parameters as strictly as bodies. Editors rather than converters: after a converter that refuses, Spring tries its
 * own editors, which trim and guess.
 */
@ControllerAdvice
final class StrictParameters {

    @InitBinder
    void strictly(WebDataBinder binder) {
        register(binder, StrictValues::instant, Instant.class);
        register(binder, StrictValues::duration, Duration.class);
        register(binder, StrictValues::uuid, UUID.class);
        register(binder, StrictValues::whole, Long.class, long.class);
        register(binder, StrictValues::smallWhole, Integer.class, int.class);
        register(binder, StrictValues::truth, Boolean.class, boolean.class);
    }

    private static void register(WebDataBinder binder, Function<String, ?> reading, Class<?>... types) {
        for (var type : types) {
            binder.registerCustomEditor(type, new Editor(reading));
        }
    }

    private static final class Editor extends PropertyEditorSupport {

        private final Function<String, ?> reading;

        Editor(Function<String, ?> reading) {
            this.reading = reading;
        }

        @Override
        public void setAsText(String text) {
            setValue(reading.apply(text));
        }
    }
}
