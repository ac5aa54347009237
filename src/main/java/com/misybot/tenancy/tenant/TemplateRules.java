package com.misybot.tenancy.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Knows what a collection of a template may be: the rules by which a tenant declares one. */
public interface TemplateRules {

    /**
     * A collection as it is kept.
     *
     * @throws com.misybot.tenancy.web.ProblemException 400 or 422 as when it is declared, with pointers into the declaration
     */
    PlanTemplate.Collection accept(
            String name, @Nullable JsonNode schema, List<PlanTemplate.Field> fields, @Nullable String ttlField);
}
