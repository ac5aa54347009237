package com.misybot.tenancy.context.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.RestPaths;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The service with 127.0.0.1 trusted and localhost not, and places that say which tenant they work for. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"tenancy.context.trusted-hosts=127.0.0.1", "management.tracing.sampling.probability=1.0"})
@Import(PropagationFixture.Places.class)
abstract class PropagationFixture {

    static final String PLACE = "/context/place";
    static final String NOBODY = "nobody nobody";

    @Autowired
    ApplicationContext context;

    @Autowired
    Elsewhere elsewhere;

    @Autowired
    Spans spans;

    /** Whom this thread works for: the current tenant, and the one in the log. */
    static String here() {
        return CurrentTenant.current().map(tenant -> tenant.tenantId().value()).orElse("nobody") + " "
                + (LogContext.tenant() == null ? "nobody" : LogContext.tenant());
    }

    static String at(CurrentTenant tenant) {
        return tenant.tenantId() + " " + tenant.tenantId();
    }

    static CurrentTenant anyTenant() {
        return CurrentTenant.of(UUID.randomUUID(), new TenantId(Api.freeSlug()), 1);
    }

    /** A tenant of the registry, whose site is its slug and {@code -web}. */
    CurrentTenant registered() {
        var slug = Api.freeSlug();
        var created = Api.operator(context).post("/tenants", """
                        {"tenantId":"%1$s","siteId":"%1$s-web","business":{"name":"Acme Dental"},
                        "allowedOrigins":["https://%1$s.example"]}""".formatted(slug));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        var id = UUID.fromString(created.text("/id"));
        return context.getBean(CurrentTenant.Directory.class).find(id).orElseThrow();
    }

    static String question(CurrentTenant tenant) {
        return "?siteId=%1$s-web&origin=https%%3A%%2F%%2F%1$s.example".formatted(tenant.tenantId());
    }

    /** Says for whom the thread works that writes it. */
    static final class Written {

        @JsonProperty
        String here() {
            return PropagationFixture.here();
        }
    }

    /** A question that is answered on another thread. */
    record Asked(CompletableFuture<String> answer) {}

    static class Elsewhere {

        @Async
        CompletableFuture<String> here() {
            return CompletableFuture.completedFuture(PropagationFixture.here());
        }

        @Async
        @EventListener
        void on(Asked event) {
            event.answer().complete(PropagationFixture.here());
        }
    }

    /** The spans that have ended. */
    static final class Spans implements SpanProcessor {

        private static final AttributeKey<String> TENANT = AttributeKey.stringKey("tenant");

        private final List<SpanData> ended = new CopyOnWriteArrayList<>();

        /** The names of those that are about this tenant. */
        List<String> about(CurrentTenant tenant) {
            return ended.stream()
                    .filter(span -> tenant.tenantId()
                            .value()
                            .equals(span.getAttributes().get(TENANT)))
                    .map(SpanData::getName)
                    .toList();
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Places {

        /** A bean as a member of a configuration, where the scan of other contexts does not look. */
        @RestController
        @RequestMapping(path = RestPaths.API + PLACE, version = RestPaths.VERSION)
        static class Place {

            @GetMapping
            @Access(
                    scope = "context:read",
                    callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE})
            Map<String, String> here() {
                return Map.of("here", PropagationFixture.here());
            }

            /** Answered by another thread, and written by a third. */
            @GetMapping("/later")
            @Access(
                    scope = "context:read",
                    callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE})
            CompletableFuture<Written> later() {
                return CompletableFuture.supplyAsync(Written::new);
            }
        }

        @Bean
        Elsewhere elsewhere() {
            return new Elsewhere();
        }

        @Bean
        Spans spans() {
            return new Spans();
        }
    }
}
