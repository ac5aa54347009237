package com.misybot.tenancy.event;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes events as CloudEvents 1.0 in structured JSON. {@code source} and {@code id} together name an event for ever; the extension
 * {@code sequence} is a text that sorts as the events of its {@code source} happened.
 */
@Component
public class CloudEvents {

    private final JsonMapper json;

    CloudEvents(JsonMapper json) {
        this.json = json;
    }

    /** What happened within a tenant, or among the platform's own things. */
    public static String source(UUID tenant) {
        return tenant.equals(Scope.NIL) ? "/platform" : "/tenants/" + tenant;
    }

    /** A sequence as text, which sorts as the number does. */
    public static String sequence(long sequence) {
        return String.format(Locale.ROOT, "%019d", sequence);
    }

    /**
     * An event as one line of JSON.
     *
     * @param tenantId the slug of its tenant; null for the platform's own, and where the tenant is gone
     */
    public ObjectNode tree(Event event, @Nullable TenantId tenantId) {
        var tree = json.createObjectNode();
        tree.put("specversion", "1.0");
        tree.put("id", event.id().toString());
        tree.put("source", source(event.tenant()));
        tree.put("type", event.type());
        tree.put("subject", event.subject());
        tree.put("time", event.at().toString());
        tree.put("datacontenttype", "application/json");
        tree.put("dataschema", EventCatalogue.schemaId(event.type()));
        tree.put("sequence", sequence(event.sequence()));
        if (tenantId != null) {
            tree.put("tenantid", tenantId.value());
        }
        tree.set("data", json.readTree(event.data()));
        return tree;
    }

    /** As {@link #tree} has it, in UTF-8, without a line break. */
    public byte[] bytes(Event event, @Nullable TenantId tenantId) {
        return json.writeValueAsBytes(tree(event, tenantId));
    }
}
