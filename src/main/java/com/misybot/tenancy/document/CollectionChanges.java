package com.misybot.tenancy.document;

/** What can happen to the collections of a tenant, as {@link com.misybot.tenancy.kernel.Change#type()} tells it; the subject is the name. */
public final class CollectionChanges {

    /** A collection was declared. */
    public static final String DECLARED = "collection.declared";

    /** Its declaration was replaced. */
    public static final String UPDATED = "collection.updated";

    /** It was deleted with everything in it. */
    public static final String DELETED = "collection.deleted";

    private CollectionChanges() {}
}
