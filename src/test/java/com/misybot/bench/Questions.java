package com.misybot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Comparator;

/** What is asked about tenants, as paths. */
final class Questions {

    static final String LIST = "/api/v1/tenants";
    private static final int BEGINNING = 8;

    private Questions() {}

    static String bySite(Registry.Known tenant) {
        return LIST + "?siteId=" + encoded(tenant.siteId());
    }

    static String byDomain(Registry.Known tenant) {
        return LIST + "?domain=" + encoded(tenant.host());
    }

    static String prefix(Registry.Known tenant) {
        var name = tenant.name();
        return LIST + "/search?prefix=" + encoded(name.substring(0, Math.min(BEGINNING, name.length())));
    }

    /** The two longest words of a name, the longer one without the letter in its middle. */
    static String typo(Registry.Known tenant) {
        var words = Arrays.asList(tenant.name().split(" ", -1));
        words.sort(Comparator.comparingInt(String::length).reversed());
        var longest = words.getFirst();
        var middle = longest.length() / 2;
        var mistyped = longest.substring(0, middle) + longest.substring(middle + 1);
        return LIST + "/search?q=" + encoded(words.size() == 1 ? mistyped : mistyped + " " + words.get(1));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
