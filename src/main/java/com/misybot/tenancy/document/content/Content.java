package com.misybot.tenancy.document.content;

import java.time.Instant;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What one document holds, checked: nothing else reaches MongoDB.
 *
 * @param body the document
 * @param values of its declared fields, in the form lists are filtered by
 * @param expiresAt when it ends; null where it does not
 * @param size bytes of it as JSON
 */
public record Content(
        BsonDocument body, BsonDocument values, @Nullable Instant expiresAt, int size) {}
