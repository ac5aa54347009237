package com.misybot.tenancy.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class OutboxTests {

    @AfterEach
    void clear() {
        LogContext.clear();
    }

    @Test
    void sendsOnAnotherThreadAsAPartOfTheRequest() throws IOException {
        var seen = new AtomicReference<String>();
        var writer = new AtomicReference<Thread>();
        LogContext.actor(Actor.system("test"));
        LogContext.tenant(new TenantId("acme-dental"));

        try (var outbox = new Outbox(new OutputStream() {
            @Override
            public void write(int one) {
                writer.set(Thread.currentThread());
                seen.set(MDC.get("actor") + " " + MDC.get("tenant"));
            }
        })) {
            outbox.put("x".getBytes(US_ASCII));
            outbox.end();
        }

        assertThat(writer.get()).isNotSameAs(Thread.currentThread());
        assertThat(seen).hasValue("system:test acme-dental");
    }
}
