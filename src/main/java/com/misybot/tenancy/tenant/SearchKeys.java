package com.misybot.tenancy.tenant;

import com.ibm.icu.text.Normalizer2;
import com.misybot.tenancy.kernel.Origin;
import java.util.List;

/** What a tenant is found by, made from what its clients wrote. */
final class SearchKeys {

    private static final Normalizer2 FOLDING = Normalizer2.getNFKCCasefoldInstance();

    private SearchKeys() {}

    /** Unicode's NFKC_Casefold (UAX #31, section 5): the same for every spelling, in every locale. */
    static String fold(String text) {
        return FOLDING.normalize(text);
    }

    /** The hosts of canonical origins, without {@code *.}. */
    static List<String> hosts(List<String> origins) {
        return origins.stream()
                .map(origin -> Origin.of(origin, true).host())
                .distinct()
                .toList();
    }
}
