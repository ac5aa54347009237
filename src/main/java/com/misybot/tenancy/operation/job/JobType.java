package com.misybot.tenancy.operation.job;

import java.util.regex.Pattern;

/**
 * A kind of job: a constant of the module that contributes its {@link JobHandler}.
 *
 * @param name 2 to 100 characters, words of {@code [a-z0-9-]} with dots between them, beginning with the module's name:
 *     {@code tenant.active-until}. It stands in rows of other versions of the service, so it never changes its meaning.
 * @param data what a job of this kind carries: ids only, since a handler reads what to do in the scope of the tenant
 */
public record JobType<T>(String name, Class<T> data) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");
    private static final int LONGEST = 100;

    public JobType {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of a kind of job: " + name);
        }
    }

    /** A kind of job that carries nothing beside its id. */
    public static JobType<NoData> named(String name) {
        return new JobType<>(name, NoData.class);
    }

    /** Nothing beside the id. */
    public record NoData() {
        static final NoData NONE = new NoData();
    }
}
