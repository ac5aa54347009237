package com.misybot.tenancy.web.openapi;

import com.misybot.tenancy.web.ProblemCode;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.List;

/** What problems and headers look like that no handler declares. */
final class ContractSchemas {

    private ContractSchemas() {}

    /** A problem (RFC 9457) with every member that any of them has. */
    static Schema<?> problem() {
        var problem = new ObjectSchema();
        problem.setRequired(List.of("type", "title", "status", "detail", "code"));
        return problem.description("What went wrong (RFC 9457).")
                .addProperty(
                        "type",
                        new StringSchema()
                                .format("uri")
                                .maxLength(200)
                                .example(ProblemCode.TYPE_PREFIX + "invalid_request"))
                .addProperty("title", new StringSchema().maxLength(200))
                .addProperty("status", number())
                .addProperty("detail", new StringSchema().maxLength(2_000).description("What to do about it."))
                .addProperty(
                        "code",
                        new StringSchema()
                                .pattern("^[a-z][a-z0-9_]*$")
                                .maxLength(64)
                                .description("The stable word, listed in docs/errors.md."))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/FieldError"))
                                .maxItems(10_000))
                .addProperty(
                        "allowed",
                        new ArraySchema()
                                .items(new StringSchema().pattern("^[a-z_]+$").maxLength(32))
                                .maxItems(10)
                                .description("The moves that are possible, where one was not."))
                .addProperty(
                        "scope",
                        new StringSchema()
                                .pattern("^[a-z]+(:[a-z]+)?$")
                                .maxLength(32)
                                .description("The scope that is needed, where the credential lacks it."))
                .addProperty(
                        "replacedBy",
                        new StringSchema()
                                .pattern("^[0-9A-Za-z]+$")
                                .maxLength(32)
                                .description("The key to rotate instead, where a key has been rotated already."))
                .addProperty(
                        "limit",
                        new StringSchema()
                                .pattern("^[a-zA-Z]+$")
                                .maxLength(64)
                                .description("The limit that is reached, where one is."))
                .addProperty("value", count("What that limit allows."))
                .addProperty("used", count("How much of it there would be."))
                .addProperty(
                        "traceId", new StringSchema().pattern("^[0-9a-f]{32}$").maxLength(32));
    }

    private static Schema<?> count(String description) {
        return new IntegerSchema().format("int64").description(description);
    }

    /** What a problem says of one bad field. */
    static Schema<?> fieldError() {
        var in = new StringSchema();
        in.setEnum(List.of("query", "path", "header"));
        var error = new ObjectSchema();
        error.setRequired(List.of("pointer", "code", "detail"));
        return error.description("One bad field of a request.")
                .addProperty("in", in.description("Absent for the body."))
                .addProperty(
                        "pointer", new StringSchema().format("json-pointer").maxLength(4_000))
                .addProperty(
                        "code", new StringSchema().pattern("^[a-z][a-z0-9_]*$").maxLength(64))
                .addProperty("detail", new StringSchema().maxLength(2_000));
    }

    static Header header(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }

    static Schema<?> text() {
        return new StringSchema().pattern("^[\\x20-\\x7E]*$").maxLength(500);
    }

    static Schema<?> tag() {
        return new StringSchema()
                .pattern(ContractParameters.STRONG_TAG)
                .maxLength(ContractParameters.LONGEST_TAG)
                .example("\"1\"");
    }

    static Schema<?> location() {
        return new StringSchema().format("uri-reference").maxLength(500);
    }

    static Schema<?> number() {
        return new IntegerSchema()
                .format("int32")
                .minimum(BigDecimal.ZERO)
                .maximum(BigDecimal.valueOf(Integer.MAX_VALUE));
    }
}
