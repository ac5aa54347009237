package com.misybot.tenancy.documents;

import com.misybot.tenancy.TenancyApplication;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.BodyLimit;
import com.misybot.tenancy.web.ProblemCode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The tables of routes and of problems are made from the handlers and the enums themselves. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ContractTablesTests {

    @Test
    void listsEveryRouteWithItsScopeCallersAndLimits(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers)
            throws IOException {
        var rows = new TreeSet<String>();
        handlers.getHandlerMethods().forEach((route, handler) -> {
            var access = handler.getMethodAnnotation(Access.class);
            if (access != null) {
                var callers = Arrays.stream(access.callers())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
                for (var path : route.getPatternValues()) {
                    for (var method : route.getMethodsCondition().getMethods()) {
                        rows.add("| `%s` | %s | %s | %s | %s |\n"
                                .formatted(path, method, scope(access), callers, body(handler)));
                    }
                }
            }
        });
        Document.part("docs/routes.md", "routes")
                .requireSameAs("| route | method | scope | callers | body at most |\n|---|---|---|---|---|\n"
                        + String.join("", rows));
    }

    @Test
    void listsEveryProblemWithItsStatus() throws IOException {
        var rows = new TreeSet<String>();
        new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackagesOf(TenancyApplication.class)
                        .stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(ProblemCode.class))
                        .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
                        .map(ProblemCode.class::cast)
                        .forEach(problem -> rows.add("| `%s` | %d | %s |\n"
                                .formatted(problem.code(), problem.status().value(), problem.title())));
        Document.part("docs/errors.md", "problems")
                .requireSameAs("| code | status | title |\n|---|---|---|\n" + String.join("", rows));
    }

    private static String body(HandlerMethod handler) {
        if (Arrays.stream(handler.getMethodParameters())
                .noneMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
            return handler.hasMethodAnnotation(io.swagger.v3.oas.annotations.parameters.RequestBody.class)
                    ? "a stream, 64 KB a line"
                    : "";
        }
        var limit = handler.getMethodAnnotation(BodyLimit.class);
        return "%d KB, nesting %d"
                .formatted(
                        (limit == null ? BodyLimit.DEFAULT_BYTES : limit.bytes()) / 1024,
                        limit == null ? BodyLimit.DEFAULT_NESTING : limit.nesting());
    }

    private static String scope(Access access) {
        return access.scope().isEmpty() ? "" : "`" + access.scope() + "`";
    }
}
