package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.Api;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who applies, with an address, a slug, a host and a network that nobody else has. */
record Applicant(String slug, String email, String host, String network) {

    private static final AtomicInteger NETWORKS = new AtomicInteger();

    static Applicant fresh() {
        var slug = Api.freeSlug();
        var number = NETWORKS.incrementAndGet();
        return new Applicant(
                slug,
                "anna@" + slug + ".example",
                "www." + slug + ".example",
                "10." + number / 256 + "." + number % 256 + ".7");
    }

    String body() {
        return """
                {"organisation":"Acme %s","tenantId":"%s","email":"%s","contactName":"Anna Schmidt","origins":["https://%s"]}
                """.formatted(slug, slug, email, host);
    }

    /** The body with another value in a field, or without the field. */
    String with(String field, @Nullable String value) {
        var body = (ObjectNode) JsonMapper.shared().readTree(body());
        if (value == null) {
            body.remove(field);
        } else if (field.equals("origins")) {
            body.putArray(field).add(value);
        } else {
            body.put(field, value);
        }
        return body.toString();
    }

    /** The headers of the proxy in front of them. */
    String[] from() {
        return new String[] {"X-Forwarded-For", network};
    }
}
