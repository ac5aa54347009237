package com.misybot.tenancy.outbound;

import com.google.common.base.Ascii;
import com.misybot.tenancy.kernel.HostName;
import com.misybot.tenancy.kernel.InvalidValue;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A URL that a tenant has supplied, in its canonical spelling: scheme and host in lower case, the host in ASCII, no default port, a
 * path. Where it leads, and whether that may be called, {@link OutboundClient} says.
 *
 * <p>The host is a name by the rules of {@link HostName}, or an IPv4 address of four decimal numbers, which only
 * {@code tenancy.outbound.allow} can open. Every other spelling of an address is refused.
 */
public final class OutboundUrl {

    /** The longest URL, in characters, before and after it was made canonical. */
    public static final int MAX_LENGTH = 2_048;

    private static final Pattern FORM = Pattern.compile("(?i)(https?)://([^/?]*)(.*)");
    private static final Pattern PATH_AND_QUERY =
            Pattern.compile("(?:/(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]++|%[0-9A-Fa-f]{2})*+)?+"
                    + "(?:\\?(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]++|%[0-9A-Fa-f]{2})*+)?+");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern IPV4 = Pattern.compile(
            "(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])");
    private static final int MAX_PORT = 65_535;

    private final boolean secure;
    private final String host;
    private final int port;
    private final String text;

    private OutboundUrl(boolean secure, String host, int port, String rest) {
        this.secure = secure;
        this.host = host;
        this.port = port;
        this.text = (secure ? "https://" : "http://")
                + host
                + (port == defaultPort(secure) ? "" : ":" + port)
                + (rest.startsWith("/") ? "" : "/")
                + rest;
        if (text.length() > MAX_LENGTH) {
            throw tooLong();
        }
    }

    /**
     * Reads a URL. Refuses with {@link InvalidValue}: the codes of {@link HostName} for its host, else {@code url_too_long},
     * {@code url_scheme}, {@code url_userinfo}, {@code url_fragment}, {@code url_port} and {@code url_format}.
     */
    public static OutboundUrl of(String text) {
        if (text.length() > MAX_LENGTH) {
            throw tooLong();
        }
        if (text.indexOf('#') >= 0) {
            throw new InvalidValue("url_fragment", "A URL that is called has no fragment.");
        }
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValue("url_scheme", "A URL begins with https://.");
        }
        var rest = parts.group(3);
        if (!PATH_AND_QUERY.matcher(rest).matches()) {
            throw new InvalidValue(
                    "url_format", "Path and query have the characters of RFC 3986; others are percent-encoded.");
        }
        return withAuthority(Ascii.equalsIgnoreCase(parts.group(1), "https"), parts.group(2), rest);
    }

    private static OutboundUrl withAuthority(boolean secure, String authority, String rest) {
        if (authority.indexOf('@') >= 0) {
            throw new InvalidValue("url_userinfo", "A URL has no user name and no password.");
        }
        var colon = authority.startsWith("[") ? -1 : authority.lastIndexOf(':');
        var name = colon < 0 ? authority : authority.substring(0, colon);
        var host = IPV4.matcher(name).matches() ? name : new HostName(name).value();
        return new OutboundUrl(
                secure, host, colon < 0 ? defaultPort(secure) : port(authority.substring(colon + 1)), rest);
    }

    private static int port(String digits) {
        var port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : MAX_PORT + 1;
        if (port > MAX_PORT) {
            throw new InvalidValue("url_port", "A port is a number from 1 to 65535 without leading zeros.");
        }
        return port;
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    private static InvalidValue tooLong() {
        return new InvalidValue("url_too_long", "A URL has at most 2048 characters.");
    }

    /** Whether it is called by https. */
    public boolean isSecure() {
        return secure;
    }

    /** The host in ASCII. */
    public String host() {
        return host;
    }

    /** The effective port, from 1 to 65535. */
    public int port() {
        return port;
    }

    /** Whether the host is an address and no name. */
    boolean isAddress() {
        return IPV4.matcher(host).matches();
    }

    URI uri() {
        return URI.create(text);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof OutboundUrl that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The canonical text. Path and query may be somebody's secret: it belongs into no log. */
    @Override
    public String toString() {
        return text;
    }
}
