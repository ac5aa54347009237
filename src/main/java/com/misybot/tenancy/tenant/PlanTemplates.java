package com.misybot.tenancy.tenant;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The templates of plans, and how they are kept: a JSON object each, schemas as the text that they were accepted as. */
@Component
public class PlanTemplates {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PlanTemplates(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The template of the plan that a tenant has. Joins a transaction in the scope of the tenant. */
    public PlanTemplate of(UUID tenant) {
        return jdbc.sql("select p.template from plan p join tenant t on t.plan = p.id where t.id = ?")
                .param(tenant)
                .query((row, _) -> read(row.getString("template")))
                .single();
    }

    public PlanTemplate read(String text) {
        return json.readValue(text, PlanTemplate.class);
    }

    public String text(PlanTemplate template) {
        return json.writeValueAsString(template);
    }
}
