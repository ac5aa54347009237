package com.misybot.tenancy.tenant;

import com.google.common.base.CharMatcher;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import com.misybot.tenancy.kernel.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a tenant is found by, made from what its clients wrote, and what a question for it is made into. */
public final class SearchKeys {

    /** Letters of a sort key: what an index entry and a page token can hold. */
    private static final int SORT_KEY_LENGTH = 256;

    private static final Normalizer2 FOLDING = Normalizer2.getNFKCCasefoldInstance();
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);
    /** Gives every script its Latin letters and every Latin letter its ASCII one. */
    private static final Transliterator TO_ASCII = Transliterator.getInstance("Any-Latin; Latin-ASCII");

    private static final Pattern APOSTROPHE = Pattern.compile("['\u2018\u2019\u02BC]");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final CharMatcher WORD = CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9'));

    private SearchKeys() {}

    /** Unicode's NFKC_Casefold (UAX #31, section 5): the same for every spelling, in every locale. */
    public static String fold(String text) {
        return FOLDING.normalize(text);
    }

    /** What a name is sorted by: its folded form, cut to 256 code points, since some letters fold into many. */
    public static String sortKey(String name) {
        return cut(fold(name));
    }

    /**
     * The words of a text in lower-case ASCII, in their order: {@code Fundação São João's} has the words {@code fundacao},
     * {@code sao} and {@code joaos}, {@code 北京大学} the word {@code beijingdaxue}. A text of signs alone has none.
     */
    public static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var part : BETWEEN_WORDS.split(APOSTROPHE.matcher(fold(text)).replaceAll(""), 0)) {
            var word = WORD.retainFrom(isAscii(part) ? part : ascii(part));
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** The words of a text with a space between two, cut to 256 letters. */
    public static String line(String text) {
        return cut(String.join(" ", words(text)));
    }

    /** The words of a host name, an international one as it is read. */
    static List<String> hostWords(String host) {
        return words(
                UTS46.nameToUnicode(host, new StringBuilder(), new IDNA.Info()).toString());
    }

    /** The hosts of canonical origins, without {@code *.}. */
    static List<String> hosts(List<String> origins) {
        return origins.stream()
                .map(origin -> Origin.of(origin, true).host())
                .distinct()
                .toList();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String ascii(String text) {
        return FOLDING.normalize(TO_ASCII.transliterate(text));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= SORT_KEY_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SORT_KEY_LENGTH));
    }
}
