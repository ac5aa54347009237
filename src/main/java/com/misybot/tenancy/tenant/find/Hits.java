package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.tenant.Tenant;
import java.util.List;

/**
 * What a search found.
 *
 * @param hits the best first
 * @param partial whether there may be others, or better ones: time or candidates have run out
 */
public record Hits(List<Hit> hits, boolean partial) {

    public Hits {
        hits = List.copyOf(hits);
    }

    /**
     * A tenant.
     *
     * @param score how much it is like the question, from 0 to 1
     */
    public record Hit(Tenant tenant, double score) {}
}
