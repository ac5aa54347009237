package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

/**
 * One of two tenants that are served at the same time, and what only it may see.
 *
 * @param slug its name in paths
 * @param siteId the public key of its pages
 * @param id its UUID
 * @param secret its own, to call with
 * @param canary a text that is in everything of it: settings, labels, permissions, sessions and documents
 */
record Rival(String slug, String siteId, UUID id, String secret, String canary) {

    /** Where all its sessions come from. */
    static final String PAGE = "https://www.rival.example";

    /** Registers one. The canary must be in the catalogue of permissions. */
    static Rival register(Api operator, String canary) {
        var slug = Api.freeSlug();
        var made = operator.post("/tenants", """
                {"tenantId":"%1$s","business":{"name":"Of %2$s","email":"%2$s@rival.example"},"permissions":["%2$s"],
                "allowedOrigins":["%3$s"],"labels":{"only":"%2$s"},"settings":{"only":"%2$s"}}""".formatted(slug, canary, PAGE));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        var rival =
                new Rival(slug, made.text("/siteId"), UUID.fromString(made.text("/id")), made.text("/secret"), canary);
        var limits = operator.put(
                rival.path() + "/limits",
                "{\"overrides\":{\"sessionStartsPerMinute\":100000,\"resolvesPerSecond\":100000,"
                        + "\"introspectionsPerSecond\":100000,\"verificationsPerSecond\":100000}}",
                "If-Match",
                "*");
        assertThat(limits.status()).as(limits.toString()).isEqualTo(200);
        assertThat(operator.put(rival.path() + "/collections/notes", "{}").status())
                .isEqualTo(201);
        return rival;
    }

    String path() {
        return "/tenants/" + slug;
    }

    String documents() {
        return path() + "/collections/notes/documents";
    }

    /** Fails where a text that was meant for this tenant, or is about it, has something of the other one. */
    void requireNothingOf(Rival other, String text, String what) {
        assertThat(text).as(what).doesNotContain(other.canary, other.secret);
    }

    @Override
    public String toString() {
        return slug;
    }
}
