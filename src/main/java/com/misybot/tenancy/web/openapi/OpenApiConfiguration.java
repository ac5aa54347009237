package com.misybot.tenancy.web.openapi;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.Sorting;
import com.misybot.tenancy.web.Waiting;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Caller.class,
                        Cause.class,
                        IdempotencyKey.class,
                        IfMatch.class,
                        Paging.class,
                        Sorting.class,
                        Waiting.class)
                .replaceWithSchema(
                        TenantId.class,
                        new StringSchema()
                                .pattern(TenantId.PATTERN)
                                .minLength(TenantId.MIN_LENGTH)
                                .maxLength(TenantId.MAX_LENGTH)
                                .example("acme-dental"))
                .replaceWithSchema(
                        SiteId.class,
                        new StringSchema().pattern(SiteId.PATTERN).minLength(4).maxLength(64))
                .replaceWithSchema(JsonNode.class, new ObjectSchema().maxProperties(1_000))
                .replaceWithSchema(
                        OneTimeSecret.class,
                        new StringSchema()
                                .description("Shown this once.")
                                .pattern("^[0-9A-Za-z_+/]{27,100}={0,2}$")
                                .maxLength(100));
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Misy Tenancy")
                        .version("v1")
                        .description("The tenant control plane of the MisyBot platform.")
                        .contact(new Contact().name("MisyBot platform").url("https://misybot.com"))
                        .license(new License().name("Proprietary").url("https://misybot.com/licence")))
                .servers(List.of(server()))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        BEARER,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .description(
                                                        "An API key, or a JWT of the configured issuer, checked as RFC 8725 asks.")));
    }

    private static Server server() {
        var server = new Server().url("/").description("The service that serves this document, local or in production");
        server.addExtension("x-internal", false);
        return server;
    }

    @Bean
    GlobalOperationCustomizer contractOfArguments() {
        return new ContractParameters();
    }

    @Bean
    GlobalOpenApiCustomizer contractOfAnswers() {
        return document -> {
            new ContractAnswers().customise(document);
            new BoundedSchemas().customise(document);
        };
    }
}
