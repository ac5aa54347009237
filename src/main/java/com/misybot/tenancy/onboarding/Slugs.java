package com.misybot.tenancy.onboarding;

import com.ibm.icu.text.Transliterator;
import com.misybot.tenancy.kernel.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Makes a slug of the name of a business, in Latin letters whatever it is written in. */
@Component
class Slugs {

    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^-+|-+$");
    private static final int ROOM_FOR_AN_ENDING = 7;
    private static final int ENDING = 6;

    private final Transliterator latin = Transliterator.getInstance("Any-Latin; Latin-ASCII");

    /** The names an application may be registered under, the best first: the one that was chosen, or some that were made. */
    List<TenantId> candidates(Application application) {
        var chosen = application.tenantId();
        if (chosen != null) {
            return List.of(chosen);
        }
        var wanted = application.wish().tenantId();
        if (wanted != null) {
            return List.of(wanted);
        }
        var made = of(application.wish());
        var id = application.id().toString();
        return List.of(new TenantId(made), new TenantId(made + "-" + id.substring(id.length() - ENDING)));
    }

    private String of(Wish wish) {
        var slug = slug(wish.organisation());
        if (slug.length() < TenantId.MIN_LENGTH) {
            slug = slug(wish.proven().host());
        }
        return slug;
    }

    private String slug(String text) {
        String ascii;
        synchronized (latin) { // it is not safe for many threads
            ascii = latin.transliterate(text);
        }
        var words = EDGES.matcher(OTHERS.matcher(ascii.toLowerCase(Locale.ROOT)).replaceAll("-"))
                .replaceAll("");
        var cut = words.substring(0, Math.min(words.length(), TenantId.MAX_LENGTH - ROOM_FOR_AN_ENDING));
        return EDGES.matcher(cut).replaceAll("");
    }
}
