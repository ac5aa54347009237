package com.misybot.tenancy.web.openapi;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.PageTokens;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.Sorting;
import com.misybot.tenancy.web.Waiting;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** Says what the arguments of the contract (idempotency, versions, paging, causes) read from a request. */
final class ContractParameters implements GlobalOperationCustomizer {

    private static final String VISIBLE_ASCII = "^[\\x21-\\x7E]{1,255}$";
    private static final String TAG = "\"[0-9]{1,19}(\\.[a-z]{1,10})?\"";

    /** A tag: a version, and a word where time has changed something. */
    static final String STRONG_TAG = "^" + TAG + "$";

    static final int LONGEST_TAG = 32;

    private static final String TAG_OR_ANY = "^(\\*|" + TAG + ")$";
    private static final String PERCENT_ENCODED = "^([\\x20-\\x24\\x26-\\x7E]|%[0-9A-Fa-f]{2})+$";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        for (var argument : handler.getMethodParameters()) {
            parametersOf(argument).forEach(operation::addParametersItem);
        }
        if (answersWithATag(handler)) {
            operation.addParametersItem(
                    header("If-None-Match", "Answers 304 where the resource still has this tag.", tag())
                            .required(false));
        }
        var access = handler.getMethodAnnotation(Access.class);
        if (access != null) {
            describe(operation, access);
        }
        operation.setOperationId(operationId(handler));
        return operation;
    }

    private static void describe(Operation operation, Access access) {
        var needs = access.scope().isEmpty() ? "Open to everybody." : "Needs the scope `" + access.scope() + "`.";
        var described = operation.getDescription();
        operation.setDescription(described == null ? needs : described + " " + needs);
        if (access.scope().isEmpty()) {
            operation.setSecurity(List.of());
        }
    }

    /** Names are unique: the method's, and what its controller is about. */
    private static String operationId(HandlerMethod handler) {
        return handler.getMethod().getName()
                + handler.getBeanType().getSimpleName().replace("Controller", "");
    }

    private static List<Parameter> parametersOf(MethodParameter argument) {
        var type = argument.getParameterType();
        if (type == IdempotencyKey.class) {
            return List.of(header(
                            "Idempotency-Key",
                            "Repeating the request with this key gives the same answer for 24 hours.",
                            text(VISIBLE_ASCII, 255))
                    .required(false));
        }
        if (type == IfMatch.class) {
            var required = !argument.hasParameterAnnotation(Nullable.class) && !isNullable(argument);
            return List.of(
                    header("If-Match", "The ETag that was read, or *.", tag()).required(required));
        }
        if (type == Cause.class) {
            return List.of(
                    header(Causes.REASON, "Why, percent-encoded UTF-8.", text(PERCENT_ENCODED, 4_500))
                            .required(false),
                    header(
                                    Causes.TICKET,
                                    "The caller's reference, percent-encoded UTF-8.",
                                    text(PERCENT_ENCODED, 4_500))
                            .required(false));
        }
        if (type == Waiting.class) {
            return List.of(header(
                            "Prefer",
                            "wait=N (0 to 60 seconds) or respond-async (RFC 7240).",
                            text("^[\\x20-\\x7E]*$", 255))
                    .required(false));
        }
        if (type == Paging.class) {
            return List.of(
                    query(Paging.SIZE, "Items on a page.", pageSize()),
                    query(
                            Paging.TOKEN,
                            "nextPageToken of the page before, valid for " + PageTokens.LIFETIME.toHours() + " hours.",
                            text("^[A-Za-z0-9_-]+$", 4_096)));
        }
        if (type == Sorting.class) {
            return List.of(query(Sorting.PARAMETER, "The order; a minus turns it round.", orders(argument)));
        }
        return List.of();
    }

    private static boolean isNullable(MethodParameter argument) {
        return Arrays.stream(argument.getParameter().getAnnotatedType().getAnnotations())
                .anyMatch(annotation -> annotation.annotationType() == Nullable.class);
    }

    private static Schema<?> orders(MethodParameter argument) {
        var constants = ResolvableType.forMethodParameter(argument)
                .getGeneric(0)
                .resolve(Enum.class)
                .getEnumConstants();
        var orders = new ArrayList<String>();
        for (var constant : constants) {
            var name = Sorting.nameOf((Enum<?>) constant);
            orders.add(name);
            orders.add("-" + name);
        }
        var schema = new StringSchema();
        schema.setEnum(orders);
        schema.setDefault(orders.getFirst());
        return schema;
    }

    private static boolean answersWithATag(HandlerMethod handler) {
        return handler.hasMethodAnnotation(GetMapping.class)
                && handler.getMethod().getReturnType() == ResponseEntity.class
                && Arrays.stream(handler.getMethodParameters())
                        .noneMatch(argument -> argument.getParameterType() == Paging.class);
    }

    private static Parameter header(String name, String description, Schema<?> schema) {
        return new Parameter().in("header").name(name).description(description).schema(schema);
    }

    private static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter()
                .in("query")
                .name(name)
                .description(description)
                .required(false)
                .schema(schema);
    }

    private static Schema<?> pageSize() {
        var size = new IntegerSchema();
        size.setFormat("int32");
        size.setMinimum(BigDecimal.ONE);
        size.setMaximum(BigDecimal.valueOf(Paging.MAX_SIZE));
        size.setDefault(Paging.DEFAULT_SIZE);
        return size;
    }

    private static Schema<?> text(String pattern, int maxLength) {
        return new StringSchema().pattern(pattern).maxLength(maxLength);
    }

    private static Schema<?> tag() {
        return text(TAG_OR_ANY, LONGEST_TAG);
    }
}
