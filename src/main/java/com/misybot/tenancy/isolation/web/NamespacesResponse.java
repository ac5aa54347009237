package com.misybot.tenancy.isolation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.lifecycle.TenantStore;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a tenant's data is. */
@Schema(name = "Namespaces", requiredProperties = "namespaces")
record NamespacesResponse(@ArraySchema(maxItems = 20) List<Namespace> namespaces) {

    /** What a tenant has in one store. */
    @Schema(
            name = "Namespace",
            requiredProperties = {"store", "available"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Namespace(
            @Schema(description = "Which store.", example = "redis", maxLength = 20)
            String store,

            @Schema(description = "Whether the store has answered.")
            boolean available,

            @Nullable
            @Schema(description = "Why it has not: the code of a problem.", example = "unavailable", maxLength = 50)
            String code,

            @Nullable
            @Schema(
                    description =
                            "How a service that connects itself gets at it: role, setting and value of PostgreSQL; keyPrefix,"
                                    + " channelPrefix and username of Redis; collectionPrefix of MongoDB.",
                    example = "{\"keyPrefix\":\"t:{01930000-0000-7000-8000-00000000000a}:app:\"}")
            Map<String, String> access,

            @Nullable @ArraySchema(maxItems = 10_000) List<Part> parts) {

        static Namespace of(String store, TenantStore.Holding holding) {
            return new Namespace(
                    store,
                    true,
                    null,
                    new TreeMap<>(holding.access()),
                    holding.parts().stream().map(Part::of).toList());
        }

        static Namespace absent(String store, String code) {
            return new Namespace(store, false, code, null, null);
        }
    }

    /** A table, a kind of keys or a collection. */
    @Schema(name = "NamespacePart", requiredProperties = "name")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(
            @Schema(example = "session", maxLength = 120) String name,

            @Nullable @Schema(description = "Rows, keys or documents; missing where they are too many to count now.")
            Long items,

            @Nullable @Schema(description = "About what they take; missing where the store does not say.")
            Long bytes) {

        static Part of(TenantStore.Part part) {
            return new Part(part.name(), known(part.items()), known(part.bytes()));
        }

        private static @Nullable Long known(long number) {
            return number == TenantStore.Part.UNKNOWN ? null : number;
        }
    }
}
