package com.misybot.tenancy.tenant.profile;

import com.misybot.tenancy.kernel.HostName;
import com.misybot.tenancy.kernel.InvalidValue;
import java.util.regex.Pattern;

/**
 * An e-mail address as businesses have them: a dot-atom of RFC 5322 in ASCII (at most 64 characters, its case kept), and a domain of
 * at least two labels, kept as {@link HostName} does. At most 254 characters (RFC 5321 with erratum 1690).
 *
 * <p>Left out on purpose: quoted local parts, comments, address literals, and letters beyond ASCII before the {@code @}.
 *
 * @param value the address with its domain in canonical form
 */
public record EmailAddress(String value) {

    public static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL = 64;
    private static final Pattern DOT_ATOM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    public EmailAddress {
        var at = value.lastIndexOf('@');
        if (at < 1
                || at > MAX_LOCAL
                || !DOT_ATOM.matcher(value.substring(0, at)).matches()) {
            throw refused();
        }
        value = value.substring(0, at) + "@" + domain(value.substring(at + 1));
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValue("too_long", "An e-mail address has at most 254 characters.");
        }
    }

    private static String domain(String text) {
        HostName host;
        try {
            host = new HostName(text);
        } catch (InvalidValue e) {
            throw refused();
        }
        if (host.value().indexOf('.') < 0) {
            throw refused();
        }
        return host.value();
    }

    private static InvalidValue refused() {
        return new InvalidValue(
                "format",
                "An e-mail address reads name@domain: up to 64 ASCII letters, digits or !#$%&'*+/=?^_`{|}~- with single inner dots,"
                        + " and a full domain name.");
    }

    @Override
    public String toString() {
        return "EmailAddress[personal]";
    }
}
