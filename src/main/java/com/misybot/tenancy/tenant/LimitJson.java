package com.misybot.tenancy.tenant;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** How limits and overrides are kept: one JSON object each. */
@Component
public class LimitJson {

    static final String NOTHING = "{}";

    private final JsonMapper json;

    LimitJson(JsonMapper json) {
        this.json = json;
    }

    public Limits limits(String text) {
        return json.readValue(text, Limits.class);
    }

    public String text(Limits limits) {
        return json.writeValueAsString(limits);
    }

    LimitOverrides overrides(String text) {
        return json.readValue(text, LimitOverrides.class);
    }

    String text(LimitOverrides overrides) {
        return json.writeValueAsString(overrides);
    }
}
