package com.misybot.tenancy.operation;

import static java.util.Objects.requireNonNull;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.event.EventListener;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The modules that operations need, a kind of work that a test decides about, and callers by name. Not a configuration by
 * name, so that the whole service does not find it.
 */
@EnableAutoConfiguration(
        exclude = {
            SecurityFilterAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class
        })
@ComponentScan(
        basePackages = {
            "com.misybot.tenancy.kernel",
            "com.misybot.tenancy.keyring",
            "com.misybot.tenancy.isolation",
            "com.misybot.tenancy.web",
            "com.misybot.tenancy.operation",
        },
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            // of isolation the database alone
            @ComponentScan.Filter(
                    type = FilterType.REGEX,
                    pattern = "com\\.misybot\\.tenancy\\.isolation\\.[a-z]+\\..*")
        })
@ConfigurationPropertiesScan({
    "com.misybot.tenancy.keyring",
    "com.misybot.tenancy.isolation",
    "com.misybot.tenancy.web",
    "com.misybot.tenancy.operation",
})
class OperationTestApplication {

    static final String CALLER = "X-Test-Caller";
    static final TenantId ACME = new TenantId("acme-dental");
    static final TenantId OTHER = new TenantId("other-dental");
    static final Map<String, Caller> CALLERS = Map.of(
            "anna", caller("anna", Reach.all()),
            "bert", caller("bert", new Reach(Set.of(ACME), Map.of(), Set.of(), Set.of())),
            "cleo", caller("cleo", new Reach(Set.of(), Map.of(), Set.of("standard"), Set.of())),
            "dora", caller("dora", new Reach(Set.of(ACME), Map.of("tier", "gold"), Set.of(), Set.of())));

    static Caller named(String name) {
        return requireNonNull(CALLERS.get(name));
    }

    static Caller caller(String name, Reach reach) {
        return new Caller(new Actor(Actor.Kind.OPERATOR, name), Set.of("operations:read", "operations:write"), reach);
    }

    @Bean
    Works works() {
        return new Works();
    }

    @Bean
    OperationHandler stubborn() {
        return new OperationHandler() {
            @Override
            public String kind() {
                return "test.stubborn";
            }

            @Override
            public boolean cancellable() {
                return false;
            }

            @Override
            public Object run(OperationRun run) {
                return "done";
            }
        };
    }

    @Bean
    Changes changes() {
        return new Changes();
    }

    @Bean
    OncePerRequestFilter callerByName() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                var name = request.getHeader(CALLER);
                if (name != null) {
                    request.setAttribute(Caller.class.getName(), CALLERS.get(name));
                }
                chain.doFilter(request, response);
            }
        };
    }

    /** What was published. */
    static class Changes {
        private final List<Change> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Change change) {
            heard.add(change);
        }

        List<Change> about(Operation operation) {
            return heard.stream()
                    .filter(change -> change.subject().equals(operation.id().toString()))
                    .toList();
        }
    }

    /** Names the work of one operation. */
    record Assignment(String name) {}

    /** A body of work. */
    interface Work {
        @Nullable
        Object run(OperationRun run) throws Exception;
    }

    /** Does what the test that started the operation has assigned. */
    static class Works implements OperationHandler {
        static final String KIND = "test.work";

        private final Map<String, Work> assigned = new ConcurrentHashMap<>();

        Assignment assign(String name, Work work) {
            assigned.put(name, work);
            return new Assignment(name);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<String> steps() {
            return List.of("first", "second");
        }

        @Override
        public @Nullable Object run(OperationRun run) throws Exception {
            var assignment = run.input(Assignment.class);
            return requireNonNull(assigned.get(requireNonNull(assignment).name()))
                    .run(run);
        }
    }
}
