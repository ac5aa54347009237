package com.misybot.tenancy.kernel;

import com.google.common.base.Ascii;
import com.google.common.net.InternetDomainName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page comes from that may talk for a tenant: scheme, host and effective port, compared as these three.
 *
 * <p>The canonical text is {@code https://example.com}, with the port only where it is not the default
 * ({@code https://example.com:8443}). A leading {@code *.} label stands for exactly one label: {@code https://*.example.com} matches
 * {@code https://shop.example.com}, but neither {@code https://example.com} nor {@code https://a.shop.example.com}.
 */
public final class Origin implements Comparable<Origin> {

    private static final String HTTPS = "https";
    private static final String HTTP = "http";
    private static final String LOCALHOST = "localhost";
    private static final String WILDCARD = "*.";
    /** Longer than any origin of an accepted host; spares the work on anything larger. */
    private static final int MAX_INPUT = 2_048;

    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;

    private final String scheme;
    private final HostName host;
    private final boolean wildcard;
    private final int port;
    private final String text;

    private Origin(String scheme, HostName host, boolean wildcard, int port) {
        this.scheme = scheme;
        this.host = host;
        this.wildcard = wildcard;
        this.port = port;
        this.text =
                scheme + "://" + (wildcard ? WILDCARD : "") + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    /** Reads an {@code https} origin; the same as {@link #of(String, boolean) of(text, false)}. */
    public static Origin of(String text) {
        return of(text, false);
    }

    /**
     * Reads an origin in any accepted spelling.
     *
     * <p>Refuses with {@link InvalidValue}: the codes of {@link HostName} for its host, else {@code origin_format},
     * {@code origin_null}, {@code origin_scheme}, {@code origin_userinfo}, {@code origin_path}, {@code origin_query},
     * {@code origin_fragment}, {@code origin_port_empty}, {@code origin_port}, {@code origin_wildcard} and
     * {@code origin_public_suffix}.
     *
     * @param allowHttpLocalhost whether {@code http://localhost}, with any port, is accepted too
     */
    public static Origin of(String text, boolean allowHttpLocalhost) {
        if (text.equals("null")) {
            throw new InvalidValue(
                    "origin_null", "The opaque origin null stands for every sandboxed page and is refused.");
        }
        var slashes = text.indexOf("://");
        if (slashes < 0 || text.length() > MAX_INPUT) {
            throw new InvalidValue("origin_format", "An origin reads https://host or https://host:port.");
        }
        var scheme = Ascii.toLowerCase(text.substring(0, slashes));
        if (!scheme.equals(HTTPS) && !(scheme.equals(HTTP) && allowHttpLocalhost)) {
            throw schemeRefused();
        }
        var authority = text.substring(slashes + "://".length());
        requireAuthorityOnly(authority);
        return parse(scheme, authority);
    }

    private static Origin parse(String scheme, String authority) {
        var colon = authority.startsWith("[") ? -1 : authority.lastIndexOf(':');
        var name = colon < 0 ? authority : authority.substring(0, colon);
        var wildcard = name.startsWith(WILDCARD);
        var host = host(wildcard ? name.substring(WILDCARD.length()) : name);
        if (wildcard) {
            requireRegistrable(host);
        }
        if (scheme.equals(HTTP) && !host.value().equals(LOCALHOST)) {
            throw schemeRefused();
        }
        var port = port(colon < 0 ? null : authority.substring(colon + 1), scheme);
        return new Origin(scheme, host, wildcard, port);
    }

    private static void requireAuthorityOnly(String authority) {
        for (var i = 0; i < authority.length(); i++) {
            switch (authority.charAt(i)) {
                case '@' -> throw new InvalidValue("origin_userinfo", "An origin has no user name and no password.");
                case '/', '\\' ->
                    throw new InvalidValue("origin_path", "An origin has no path, not even a slash after the host.");
                case '?' -> throw new InvalidValue("origin_query", "An origin has no query.");
                case '#' -> throw new InvalidValue("origin_fragment", "An origin has no fragment.");
                default -> {}
            }
        }
    }

    private static HostName host(String name) {
        if (name.indexOf('*') >= 0) {
            throw wildcardRefused();
        }
        return new HostName(name);
    }

    /**
     * Refuses a wildcard that would stand for sites of different owners: directly below a public suffix, of a registry or private
     * ({@code github.io}), or below a name whose every child is one ({@code *.compute.amazonaws.com}).
     */
    private static void requireRegistrable(HostName base) {
        if (base.value().length() + WILDCARD.length() > HostName.MAX_LENGTH
                || base.value().indexOf('.') < 0
                || !InternetDomainName.isValid(base.value())) {
            throw wildcardRefused();
        }
        if (InternetDomainName.from(base.value()).isPublicSuffix()
                || InternetDomainName.from("x." + base).isPublicSuffix()) {
            throw new InvalidValue(
                    "origin_public_suffix",
                    "A wildcard stands below a domain of one owner, not below a public suffix.");
        }
    }

    private static int port(@Nullable String digits, String scheme) {
        if (digits == null) {
            return defaultPort(scheme);
        }
        if (digits.isEmpty()) {
            throw new InvalidValue("origin_port_empty", "A colon after the host is followed by a port.");
        }
        var port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : MAX_PORT + 1;
        if (port > MAX_PORT) {
            throw new InvalidValue("origin_port", "A port is a number from 1 to 65535 without leading zeros.");
        }
        return port;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals(HTTPS) ? 443 : 80;
    }

    private static InvalidValue schemeRefused() {
        return new InvalidValue(
                "origin_scheme",
                "An origin begins with https://; http://localhost is accepted only where it is configured.");
    }

    private static InvalidValue wildcardRefused() {
        return new InvalidValue(
                "origin_wildcard",
                "A wildcard is one whole label, the first, in front of a domain of at least two labels: https://*.example.com.");
    }

    /** The scheme, {@code https} or (for localhost) {@code http}. */
    public String scheme() {
        return scheme;
    }

    /** The host in ASCII, of a wildcard what follows {@code *.}. */
    public String host() {
        return host.value();
    }

    /** Whether this origin stands for every host with one label more than {@link #host()}. */
    public boolean isWildcard() {
        return wildcard;
    }

    /** The effective port, from 1 to 65535. */
    public int port() {
        return port;
    }

    /**
     * Tells whether a page of {@code concrete} may talk for the tenant that has this origin. A wildcard is no page's origin: false
     * for every {@code concrete} that is one.
     */
    public boolean matches(Origin concrete) {
        if (concrete.wildcard || port != concrete.port || !scheme.equals(concrete.scheme)) {
            return false;
        }
        if (!wildcard) {
            return host.equals(concrete.host);
        }
        var page = concrete.host();
        var dot = page.indexOf('.');
        return dot > 0 && page.length() == dot + 1 + host().length() && page.endsWith(host());
    }

    @Override
    public int compareTo(Origin other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return text;
    }
}
