package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.SearchKeys;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Searches tenants by the words of their name, tenantId, siteId and hosts, and forgives a typo. Every word of the question must
 * be there, as it is or nearly so: the rare one leads PostgreSQL's trigram index to few tenants, whatever the others are. Where
 * too many are near, the closest of them are asked for; where too few are, those further away.
 */
@Component
public class TenantSearch {

    /** Of the whole time, for a round that another one can follow: the index may promise many that turn out to be none. */
    private static final int SHARE = 4;

    private final ScopedTransactions transactions;
    private final EntityManager entities;
    private final FindSettings settings;

    TenantSearch(ScopedTransactions transactions, EntityManager entities, FindSettings settings) {
        this.transactions = transactions;
        this.entities = entities;
        this.settings = settings;
    }

    /** The tenants most like a text, the most like first; fewer, and partial, where time or candidates run out. */
    public Hits like(String text, Reach reach, int limit) {
        var question = Question.of(SearchKeys.words(text));
        if (question.words().isEmpty()) {
            return new Hits(List.of(), false);
        }
        var end = System.nanoTime() + settings.within().toNanos();
        if (question.telling().isEmpty()) {
            return load(orPartial(within(end, () -> ask(question.exactly(), reach, limit))));
        }
        var near = within(soon(), () -> ask(question.near(), reach, limit));
        if (near != null && near.partial()) {
            var close = within(soon(), () -> ask(question.close(), reach, limit));
            return load(close == null ? near : close.or(near, limit));
        }
        if (near != null && near.size() >= limit) {
            return load(near);
        }
        var far = orPartial(within(end, () -> ask(question.far(), reach, limit)));
        var found = near == null ? far : near.and(far, limit);
        if (found.size() == 0 && question.telling().size() > 1) {
            found = orPartial(within(end, () -> ask(question.lackingOne(), reach, limit)));
        }
        return load(found);
    }

    /** The tenants whose name, tenantId, siteId or a host begins with a text, whatever its case, in the order of what begins so. */
    public Hits beginningWith(String text, Reach reach, int limit) {
        var found = within(
                System.nanoTime() + settings.within().toNanos(),
                () -> new Beginnings(text).find(entities, Conditions.of(reach), limit));
        return load(orPartial(found));
    }

    private long soon() {
        return System.nanoTime() + settings.within().toNanos() / SHARE;
    }

    private static Found orPartial(@Nullable Found found) {
        return found == null ? new Found(List.of(), true) : found;
    }

    private Found ask(Round round, Reach reach, int limit) {
        var conditions = Conditions.of(reach);
        entities.createNativeQuery(
                        "select set_config('plan_cache_mode', 'force_custom_plan', true),"
                                + " set_config('pg_trgm.word_similarity_threshold', :likeness, true)",
                        Object.class)
                .setParameter("likeness", round.likeness())
                .getResultList();
        return round.find(entities, conditions, settings.candidates(), limit);
    }

    /** What a question answers; null where its time is up. */
    private @Nullable Found within(long end, Supplier<Found> question) {
        var left = Duration.ofNanos(end - System.nanoTime());
        if (left.toMillis() < 1) {
            return null;
        }
        try {
            return transactions.read(Scope.platform(), left, question);
        } catch (RuntimeException e) {
            if (TimeLimit.hasPassed(e)) {
                return null;
            }
            throw e;
        }
    }

    private Hits load(Found found) {
        return found.size() == 0
                ? new Hits(List.of(), found.partial())
                : transactions.read(Scope.platform(), () -> found.load(entities));
    }
}
