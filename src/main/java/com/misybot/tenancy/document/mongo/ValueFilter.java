package com.misybot.tenancy.document.mongo;

import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** A filter on declared values. Its operators are made here and nowhere else: of a client come names that are declared and typed values. */
public final class ValueFilter {

    private final List<Bson> conditions = new ArrayList<>();

    /** How a value is compared. */
    public enum Comparison {
        EQUAL,
        ABOVE,
        FROM,
        BELOW,
        TO
    }

    /**
     * Adds a condition that must hold as well.
     *
     * @param field a declared one
     * @param value of the field's type
     */
    public void require(String field, Comparison comparison, BsonValue value) {
        var name = StoredDocument.VALUES + "." + field;
        conditions.add(
                switch (comparison) {
                    case EQUAL -> Filters.eq(name, value);
                    case ABOVE -> Filters.gt(name, value);
                    case FROM -> Filters.gte(name, value);
                    case BELOW -> Filters.lt(name, value);
                    case TO -> Filters.lte(name, value);
                });
    }

    /** All of it. */
    public Bson toBson() {
        return conditions.isEmpty() ? Filters.empty() : Filters.and(conditions);
    }
}
