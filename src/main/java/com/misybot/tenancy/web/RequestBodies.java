package com.misybot.tenancy.web;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Binds and validates bodies that a handler method cannot simply take as {@code @Valid @RequestBody}: replacements, patches
 * and lines of a stream. Everything that is wrong is 400 with a pointer to it.
 *
 * <pre>{@code
 * @PutMapping("/{tenantId}")
 * ResponseEntity<TenantResponse> replace(@PathVariable TenantId tenantId, IfMatch ifMatch, Cause cause, @RequestBody JsonNode body) {
 *     …
 *     var request = bodies.replace(body, TenantResponse.from(tenant), READ_ONLY, ReplaceTenantRequest.class);
 *     ifMatch.require(tenant.version());
 * }
 * }</pre>
 *
 * <p>Read-only fields sent with their present value are ignored, with another value they are refused with {@code read_only}:
 * what GET returned can be changed and PUT. Bind before the version is required, since 400 comes before 412; but leave out
 * the read-only fields of whoever read another version, for they were true of that one.
 */
public interface RequestBodies {

    /**
     * Binds what replaces a resource.
     *
     * @param body the whole resource as the client wants it
     * @param current what GET answers now
     * @param readOnly names of the top-level fields that a client may not set
     * @param type of the request, in which no read-only field occurs
     */
    <T> T replace(JsonNode body, Object current, Set<String> readOnly, Class<T> type);

    /**
     * Binds what a JSON Merge Patch (RFC 7396) makes of a resource: what is omitted stays, {@code null} clears.
     *
     * @param patch the patch
     * @param current what GET answers now
     * @param readOnly names of the top-level fields that a client may not set
     * @param type of the request, the same as for {@link #replace}
     */
    <T> T patch(JsonNode patch, Object current, Set<String> readOnly, Class<T> type);

    /** Binds and validates a tree. */
    <T> T bind(JsonNode body, Class<T> type);

    /** Reads JSON by the rules of request bodies (one document, no duplicate keys, …), binds and validates it. */
    <T> T read(byte[] json, Class<T> type);

    /**
     * Reads JSON that no type of ours describes, by the rules of request bodies. Numbers stay as they were written.
     *
     * @param nesting most levels of objects and arrays
     */
    JsonNode tree(byte[] json, int nesting);

    /** What a JSON Merge Patch (RFC 7396) makes of JSON that no type of ours describes; neither of them changes. */
    JsonNode merge(JsonNode target, JsonNode patch);
}
