package com.misybot.tenancy.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: {@code pageSize} (1 to 200, default 50) and {@code pageToken}. Paging is by key: fetch
 * {@link #limit} items after {@link #cursor} and hand them to {@link #page}, which keeps {@code pageSize} of them and makes
 * the token for the rest.
 *
 * <pre>{@code
 * Page<TenantResponse> list(Paging paging, Sorting<TenantSort> sort, …) {
 *     var rows = tenants.after(paging.cursor(), paging.limit(), sort);
 *     return paging.page(rows, row -> List.of(row.name(), row.id().toString())).map(TenantResponse::from);
 * }
 * }</pre>
 */
public final class Paging {

    /** The parameter with the size. */
    public static final String SIZE = "pageSize";

    /** The parameter with the token. */
    public static final String TOKEN = "pageToken";

    /** Items on a page where the client does not say. */
    public static final int DEFAULT_SIZE = 50;

    /** Most items on a page. */
    public static final int MAX_SIZE = 200;

    private final int size;
    private final @Nullable List<String> cursor;
    private final Function<List<String>, String> tokens;

    /**
     * A page to make.
     *
     * @param size items on it
     * @param cursor where it begins; null for the first
     * @param tokens makes a token of where the next begins
     */
    public Paging(int size, @Nullable List<String> cursor, Function<List<String>, String> tokens) {
        this.size = size;
        this.cursor = cursor;
        this.tokens = tokens;
    }

    /** Items on a page. */
    public int size() {
        return size;
    }

    /** Items to fetch: one more than on the page, which tells whether there is another. */
    public int limit() {
        return size + 1;
    }

    /** The key of the last item of the page before, as {@link #page} was given it; null for the first page. */
    public @Nullable List<String> cursor() {
        return cursor;
    }

    /**
     * Makes the page of what was fetched.
     *
     * @param fetched up to {@link #limit} items
     * @param key of an item: what the order needs to go on after it; it need not be unique by itself but with the id it must
     */
    public <T> Page<T> page(List<T> fetched, Function<? super T, List<String>> key) {
        if (fetched.size() <= size) {
            return new Page<>(fetched, null);
        }
        return part(fetched.subList(0, size), true, key);
    }

    /**
     * Makes a page that may have fewer items than asked for, because these are all that can be answered at once.
     *
     * @param items up to {@link #size} of them
     * @param more whether there are others after them
     * @param key of an item, as for {@link #page}
     */
    public <T> Page<T> part(List<T> items, boolean more, Function<? super T, List<String>> key) {
        return new Page<>(items, more ? tokens.apply(key.apply(items.getLast())) : null);
    }
}
