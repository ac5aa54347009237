package com.misybot.tenancy.kernel;

import com.google.common.base.Ascii;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The name of a host in its one canonical spelling: ASCII, lower case, at most 253 characters, labels of 1 to 63.
 *
 * <p>ASCII upper case is accepted and lowered. A label with other letters is accepted only if it is what its A-label means:
 * UTS 46 (non-transitional) to ASCII and back gives the same NFC text, or its lower case. Whatever a mapping would merely fold into
 * somebody else's name (full-width letters, ideographic dots, soft hyphens, the Kelvin sign, fake A-labels) is refused, and so are
 * addresses in every spelling that a browser reads as one.
 *
 * @param value the canonical name, e.g. {@code xn--strae-oqa.de} for {@code straße.de}
 */
public record HostName(String value) implements Comparable<HostName> {

    /** The longest name, in ASCII characters (RFC 1035, section 2.3.4, without the trailing dot). */
    public static final int MAX_LENGTH = 253;

    private static final int MAX_LABEL = 63;
    /** A canonical name is never shorter than its letters are many; decomposed they may be a few times as many. */
    private static final int MAX_INPUT = 4 * MAX_LENGTH;

    private static final String ACE = "xn--";
    private static final Pattern LDH = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    /** What makes WHATWG's URL parser read a host as an IPv4 address: its last label is a number. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final Pattern IPV6 = Pattern.compile("\\[.*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO);

    /**
     * Takes a name in any accepted spelling. Refuses with {@link InvalidValue}, codes {@code host_empty}, {@code host_too_long},
     * {@code host_trailing_dot}, {@code host_ip_literal}, {@code host_label} and {@code host_idn}.
     */
    public HostName {
        value = canonical(value);
    }

    private static String canonical(String text) {
        if (text.isEmpty()) {
            throw new InvalidValue("host_empty", "A host name is expected.");
        }
        if (text.length() > MAX_INPUT) {
            throw tooLong();
        }
        if (IPV6.matcher(text).matches()) {
            throw address();
        }
        if (text.endsWith(".")) {
            throw new InvalidValue("host_trailing_dot", "A host name has no dot at its end.");
        }
        var labels = new StringJoiner(".");
        var last = "";
        for (var label : text.split("\\.", -1)) {
            last = canonicalLabel(label);
            labels.add(last);
        }
        if (NUMBER.matcher(last).matches()) {
            throw address();
        }
        var host = labels.toString();
        if (host.length() > MAX_LENGTH) {
            throw tooLong();
        }
        requireWholeName(host);
        return host;
    }

    private static String canonicalLabel(String label) {
        if (!label.chars().allMatch(c -> c < 0x80)) {
            return fromUnicode(label);
        }
        var lower = Ascii.toLowerCase(label);
        if (lower.length() > MAX_LABEL) {
            throw tooLong();
        }
        if (!LDH.matcher(lower).matches()) {
            throw new InvalidValue(
                    "host_label",
                    "Each label of a host name has 1 to 63 letters, digits or inner hyphens, nothing else.");
        }
        return lower;
    }

    private static String fromUnicode(String label) {
        if (label.codePoints().anyMatch(HostName::foldsIntoAscii)) {
            throw notItself();
        }
        var nfc = NFC.normalize(label);
        var ace = toAscii(nfc);
        var back = toUnicode(ace);
        if (!back.equals(nfc) && !back.equals(NFC.normalize(UCharacter.toLowerCase(ULocale.ROOT, nfc)))) {
            throw notItself();
        }
        return ace;
    }

    /** Tells a letter that lower-casing or NFC alone turns into ASCII: the Kelvin sign, the dotted capital I of Turkish. */
    private static boolean foldsIntoAscii(int letter) {
        return letter >= 0x80
                && NFC.normalize(Character.toString(UCharacter.toLowerCase(letter)))
                        .chars()
                        .anyMatch(c -> c < 0x80);
    }

    /** Refuses A-labels that decode to nothing or to another name, and what right-to-left names must not be together (RFC 5893). */
    private static void requireWholeName(String host) {
        if (host.contains(ACE)) {
            var info = new IDNA.Info();
            UTS46.nameToASCII(host, new StringBuilder(), info);
            // "ab--cd" is no A-label and a browser opens it
            info.getErrors().remove(IDNA.Error.HYPHEN_3_4);
            if (info.hasErrors()) {
                throw notItself();
            }
        }
    }

    private static String toAscii(String label) {
        var info = new IDNA.Info();
        return checked(UTS46.labelToASCII(label, new StringBuilder(), info), info);
    }

    private static String toUnicode(String label) {
        var info = new IDNA.Info();
        return checked(UTS46.labelToUnicode(label, new StringBuilder(), info), info);
    }

    private static String checked(StringBuilder label, IDNA.Info info) {
        if (info.getErrors().contains(IDNA.Error.LABEL_TOO_LONG)) {
            throw tooLong();
        }
        if (info.hasErrors()) {
            throw notItself();
        }
        return label.toString();
    }

    private static InvalidValue tooLong() {
        return new InvalidValue(
                "host_too_long", "A host name has at most 253 characters in ASCII, and each of its labels at most 63.");
    }

    private static InvalidValue address() {
        return new InvalidValue("host_ip_literal", "A host is given by its name, not by an IP address or a number.");
    }

    private static InvalidValue notItself() {
        return new InvalidValue(
                "host_idn",
                "An international host name is given as registered: valid by UTS 46 (non-transitional) and unchanged by a"
                        + " conversion to ASCII and back.");
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
