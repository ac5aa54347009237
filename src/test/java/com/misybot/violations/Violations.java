package com.misybot.violations;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/** Breaks each rule of the house once, to show that the rule would notice. It lies outside the root package of
 * the service, so that nothing here is ever a bean. */
public final class Violations {

    private Violations() {}

    static Class<?> secondJackson() {
        return ObjectMapper.class;
    }

    static Class<?> engine() {
        return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.class;
    }

    static String ofTimeAndChance() {
        return Instant.now() + UUID.randomUUID().toString();
    }

    static class StringUtils {}

    static class Injected {
        @Autowired
        Object field;
    }

    static class Scopeless {
        @Transactional
        void change() {}
    }

    /** A listener that anybody may call. */
    public static class Listening {
        @EventListener
        public void on(String event) {}
    }

    @Entity
    static class Row {
        String open;

        void setOpen(String value) {
            open = value;
        }
    }

    static class Stranger {
        com.misybot.tenancy.tenant.Tenant tenant;
    }

    @RestController
    static class Face {
        Row row() {
            return new Row();
        }
    }
}
