package com.misybot.tenancy.web.container;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Whose word counts about where a request came from. */
final class TrustedProxies {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<IpAddressMatcher> networks;

    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(IpAddressMatcher::new).toList();
    }

    /** The nearest address that is no trusted proxy; what stands beyond it anybody may have written. */
    String clientOf(HttpServletRequest request) {
        var client = plain(request.getRemoteAddr());
        if (networks.isEmpty() || !isTrusted(client)) {
            return client;
        }
        var hops = Collections.list(request.getHeaders(FORWARDED_FOR)).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        for (var hop : hops.reversed()) {
            if (!isAddress(hop)) {
                return client;
            }
            client = plain(hop);
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(String address) {
        return networks.stream().anyMatch(network -> network.matches(address));
    }

    /** Literal addresses only: nothing here may ask a name server. */
    private static boolean isAddress(String text) {
        return com.google.common.net.InetAddresses.isInetAddress(unbracketed(text));
    }

    private static String plain(String address) {
        var zone = address.indexOf('%');
        return unbracketed(zone < 0 ? address : address.substring(0, zone));
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
