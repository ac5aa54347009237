package com.misybot.tenancy.context.propagation;

import com.misybot.tenancy.kernel.InvalidConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The hosts that are told which tenant a request is for: those named, letter for letter, and no others. */
final class TrustedHosts {

    /** A name or an IPv4 address without a dot at the end, or an IPv6 address in brackets, and a port. */
    private static final Pattern HOST = Pattern.compile(
            "([a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Set<String> hosts;

    /**
     * Takes the hosts over from the settings.
     *
     * @throws InvalidTrustedHostException where one is no host
     */
    TrustedHosts(List<String> hosts) {
        this.hosts = hosts.stream().map(TrustedHosts::host).collect(Collectors.toUnmodifiableSet());
    }

    private static String host(String text) {
        var host = text.strip().toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches()) {
            throw new InvalidTrustedHostException(text);
        }
        return host;
    }

    /** Whether a request to this address may name the tenant. */
    boolean contain(URI address) {
        var host = address.getHost();
        if (hosts.isEmpty() || host == null) {
            return false;
        }
        var name = host.toLowerCase(Locale.ROOT);
        return hosts.contains(name) || hosts.contains(name + ":" + port(address));
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? HTTPS : HTTP;
    }

    /** A host that was to be trusted is none. */
    static final class InvalidTrustedHostException extends InvalidConfigurationException {

        private static final long serialVersionUID = 1L;

        InvalidTrustedHostException(String host) {
            super("tenancy.context.trusted-hosts names \"" + host
                    + "\", which is neither a host nor host:port; wildcards are none.");
        }
    }
}
