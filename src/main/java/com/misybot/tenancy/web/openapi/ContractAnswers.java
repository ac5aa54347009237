package com.misybot.tenancy.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Says what every route may answer beside what it is for: problems, and the headers around them. */
final class ContractAnswers implements GlobalOpenApiCustomizer {

    private static final String PROBLEM = "Problem";

    private static final Map<String, String> PROBLEMS = new TreeMap<>(Map.ofEntries(
            Map.entry("400", "A part of the request is not valid."),
            Map.entry("401", "A credential is missing or not valid."),
            Map.entry("403", "The credential does not allow this."),
            Map.entry("404", "There is nothing here, or nothing that the caller may see."),
            Map.entry("406", "The resource does not come in this media type."),
            Map.entry("409", "The present state, or a name that is taken, does not allow this."),
            Map.entry("410", "What was asked for is no longer kept."),
            Map.entry("412", "The resource has changed since it was read."),
            Map.entry("413", "The body is too large."),
            Map.entry("415", "The body is of a media type that is not read here."),
            Map.entry("422", "A rule refuses this."),
            Map.entry("428", "If-Match is required."),
            Map.entry("429", "There were too many requests."),
            Map.entry("500", "Something failed that should not."),
            Map.entry("501", "The store that this needs is not configured."),
            Map.entry("503", "The service cannot answer now.")));

    private static final List<String> ALWAYS = List.of("400", "401", "403", "404", "406", "429", "500", "503");

    /** What only the handlers that say so answer. */
    private static final List<String> WHERE_DECLARED = List.of("410", "501");

    private static final List<String> WITH_A_BODY = List.of("409", "413", "415", "422");

    @Override
    public void customise(OpenAPI document) {
        var components = document.getComponents() == null ? new Components() : document.getComponents();
        document.setComponents(components);
        components.addSchemas(PROBLEM, ContractSchemas.problem());
        components.addSchemas("FieldError", ContractSchemas.fieldError());
        components.addHeaders(
                "RateLimit",
                ContractSchemas.header(
                        "What is left of a rate, for how many seconds; sent once more than half of it is used, and with 429"
                                + " (draft-ietf-httpapi-ratelimit-headers-11).",
                        ContractSchemas.text().example("\"resolve\";r=37;t=1")));
        components.addHeaders(
                "RateLimit-Policy",
                ContractSchemas.header(
                        "The rate that RateLimit is about: how much in how many seconds.",
                        ContractSchemas.text().example("\"resolve\";q=200;w=1")));
        components.addHeaders(
                "Access-Control-Allow-Origin",
                ContractSchemas.header(
                        "Sent to the origins of tenancy.web.cors-origins; CORS is off by default.",
                        ContractSchemas.text()));
        components.addHeaders("Retry-After", ContractSchemas.header("Seconds to wait.", ContractSchemas.number()));
        components.addHeaders(
                "ETag",
                ContractSchemas.header(
                        "The version, as a strong tag; with a word where time has changed something.",
                        ContractSchemas.tag()));
        components.addHeaders(
                "Location",
                ContractSchemas.header("The resource, or the operation that works on it.", ContractSchemas.location()));
        PROBLEMS.forEach(
                (status, description) -> components.addResponses(PROBLEM + status, answer(status, description)));
        document.setTags(tags(document));
        document.getPaths().values().forEach(path -> path.readOperationsMap().forEach(this::complete));
    }

    private static List<Tag> tags(OpenAPI document) {
        return document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getTags().stream())
                .distinct()
                .sorted()
                .map(name -> new Tag().name(name).description(name + " of the platform."))
                .toList();
    }

    /** Two handlers of one path and method, such as JSON and an event stream, each bring the parameters of the contract. */
    private static void keepOneOfEachParameter(Operation operation) {
        if (operation.getParameters() != null) {
            var named = new LinkedHashMap<String, Parameter>();
            operation
                    .getParameters()
                    .forEach(parameter -> named.put(parameter.getIn() + parameter.getName(), parameter));
            operation.setParameters(new ArrayList<>(named.values()));
        }
    }

    private void complete(HttpMethod method, Operation operation) {
        keepOneOfEachParameter(operation);
        var responses = operation.getResponses();
        var declared = WHERE_DECLARED.stream().filter(responses::containsKey).toList();
        responses.keySet().removeIf(status -> status.startsWith("4") || status.startsWith("5"));
        ALWAYS.forEach(status -> responses.addApiResponse(status, reference(status)));
        if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
            WITH_A_BODY.forEach(status -> responses.addApiResponse(status, reference(status)));
        } else {
            responses.addApiResponse("422", reference("422"));
        }
        if (takes(operation, "If-Match")) {
            List.of("412", "428").forEach(status -> responses.addApiResponse(status, reference(status)));
        }
        if (takes(operation, "If-None-Match")) {
            responses.addApiResponse("304", new ApiResponse().description("The resource still has this tag."));
        }
        declared.forEach(status -> responses.addApiResponse(status, reference(status)));
        responses.forEach((status, response) -> {
            if (response.get$ref() == null) {
                contractHeaders(response);
                if (status.startsWith("2")
                        && (takes(operation, "If-None-Match") || takes(operation, "If-Match") || isNew(status))) {
                    response.addHeaderObject("ETag", new Header().$ref("#/components/headers/ETag"));
                }
                if (isNew(status)) {
                    response.addHeaderObject("Location", new Header().$ref("#/components/headers/Location"));
                }
            }
        });
    }

    private static boolean isNew(String status) {
        return status.equals("201");
    }

    private static boolean takes(Operation operation, String header) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> header.equals(parameter.getName()));
    }

    private static ApiResponse reference(String status) {
        return new ApiResponse().$ref("#/components/responses/" + PROBLEM + status);
    }

    private static ApiResponse answer(String status, String description) {
        var answer = new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
        contractHeaders(answer);
        if (List.of("409", "429", "503").contains(status)) {
            answer.addHeaderObject("Retry-After", new Header().$ref("#/components/headers/Retry-After"));
        }
        return answer;
    }

    private static void contractHeaders(ApiResponse response) {
        response.addHeaderObject("RateLimit", new Header().$ref("#/components/headers/RateLimit"));
        response.addHeaderObject("RateLimit-Policy", new Header().$ref("#/components/headers/RateLimit-Policy"));
        response.addHeaderObject(
                "Access-Control-Allow-Origin", new Header().$ref("#/components/headers/Access-Control-Allow-Origin"));
    }
}
