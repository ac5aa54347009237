package com.misybot.tenancy.tenant.profile;

import com.google.common.base.Ascii;
import com.ibm.icu.text.Normalizer2;
import com.misybot.tenancy.kernel.HostName;
import com.misybot.tenancy.kernel.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a web page, {@code http} or {@code https}, at most 2048 characters.
 *
 * <p>Canonical: scheme in lower case, host as {@link HostName} keeps it, no default port, a path of at least {@code /}, letters beyond
 * ASCII percent-encoded (UTF-8 of their NFC). Dot segments, query and fragment stay as they are. User names and addresses in place
 * of a host are refused.
 *
 * @param value the canonical address
 */
public record Website(String value) {

    public static final int MAX_LENGTH = 2_048;

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>https?)://(?<host>[^/?#\\\\:@\\[]+)(:(?<port>[0-9]+))?(?<rest>([/?#].*)?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;
    private static final String KEPT = "-._~!$&'()*+,;=:@/?#";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    public Website {
        if (value.length() > MAX_LENGTH) {
            throw tooLong();
        }
        var url = URL.matcher(value);
        if (!url.matches()) {
            throw refused();
        }
        var scheme = Ascii.toLowerCase(url.group("scheme"));
        var rest = url.group("rest");
        value = scheme
                + "://"
                + new HostName(url.group("host"))
                + port(scheme, url.group("port"))
                + (rest.startsWith("/") ? "" : "/")
                + encoded(Normalizer2.getNFCInstance().normalize(rest));
        if (value.length() > MAX_LENGTH) {
            throw tooLong();
        }
    }

    private static String port(String scheme, @Nullable String digits) {
        if (digits == null) {
            return "";
        }
        if (!PORT.matcher(digits).matches() || Integer.parseInt(digits) > MAX_PORT) {
            throw refused();
        }
        return digits.equals(scheme.equals("https") ? "443" : "80") ? "" : ":" + digits;
    }

    private static String encoded(String rest) {
        var text = new StringBuilder();
        var fragments = 0;
        for (var i = 0; i < rest.length(); ) {
            var c = rest.codePointAt(i);
            i += Character.charCount(c);
            if (c == '%') {
                text.append('%').append(hexPair(rest, i));
                i += 2;
            } else if (c >= 0xA0 && Character.getType(c) != Character.SURROGATE) {
                for (var b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    text.append('%').append(HEX.toHexDigits(b));
                }
            } else if (isKept(c) && (c != '#' || ++fragments == 1)) {
                text.append((char) c);
            } else {
                throw refused();
            }
        }
        return text.toString();
    }

    private static String hexPair(String text, int at) {
        if (at + 2 > text.length()
                || !HexFormat.isHexDigit(text.charAt(at))
                || !HexFormat.isHexDigit(text.charAt(at + 1))) {
            throw refused();
        }
        return Ascii.toUpperCase(text.substring(at, at + 2));
    }

    private static boolean isKept(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || KEPT.indexOf(c) >= 0;
    }

    private static InvalidValue tooLong() {
        return new InvalidValue("too_long", "A website has at most 2048 characters.");
    }

    private static InvalidValue refused() {
        return new InvalidValue(
                "format",
                "A website is an address such as https://example.com/shop, without spaces, user name or IP address.");
    }

    @Override
    public String toString() {
        return value;
    }
}
