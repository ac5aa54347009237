package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.CollectionChanges;
import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredField;
import com.misybot.tenancy.document.FieldType;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.tenant.PlanTemplate;
import com.misybot.tenancy.tenant.Quota;
import com.misybot.tenancy.tenant.TemplateCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Makes the collections of a plan's template: rows of declarations, like those that are declared by hand. MongoDB is not asked, which makes
 * a collection with its first document; so they are there also where it is not configured yet.
 */
@Component
class PlanCollections implements TemplateCollections {

    private final Collections collections;
    private final CollectionRows rows;

    PlanCollections(Collections collections, CollectionRows rows) {
        this.collections = collections;
        this.rows = rows;
    }

    @Override
    public List<String> missing(UUID tenant, PlanTemplate template, long most) {
        var missing = template.collections().stream()
                .map(PlanTemplate.Collection::name)
                .filter(name -> now(tenant, name).row() == null)
                .toList();
        if (!missing.isEmpty()) {
            Quota.require(Collections.LIMIT, rows.count(tenant) + missing.size(), most);
        }
        return missing;
    }

    @Override
    public List<String> make(UUID tenant, PlanTemplate template, Cause cause) {
        var made = new ArrayList<String>();
        for (var wanted : template.collections()) {
            var now = now(tenant, wanted.name());
            if (now.row() == null) {
                collections.add(now, new CollectionName(wanted.name()), declaration(wanted), cause);
                made.add(wanted.name());
            }
        }
        return made;
    }

    /** Takes away what an actor has made and nobody has touched since. */
    void remove(UUID tenant, Cause cause) {
        for (var collection : rows.list(tenant, null, Integer.MAX_VALUE)) {
            if (collection.version() == 1
                    && collection.createdBy().equals(cause.actor().toString())) {
                rows.deleteNew(tenant, collection.name(), collection.generation());
                collections.tell(collection, CollectionChanges.DELETED, new TreeMap<>(), cause);
            }
        }
    }

    private TenantNow now(UUID tenant, String name) {
        return rows.open(tenant, new CollectionName(name)).orElseThrow();
    }

    private static Declaration declaration(PlanTemplate.Collection wanted) {
        return new Declaration(
                wanted.schema(),
                wanted.fields().stream()
                        .map(field -> new DeclaredField(field.name(), type(field.type()), field.indexed()))
                        .toList(),
                wanted.ttlField());
    }

    private static FieldType type(String word) {
        return Arrays.stream(FieldType.values())
                .filter(type -> type.toString().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("A template has a type of field that nobody knows: " + word));
    }
}
