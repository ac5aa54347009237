package com.misybot.tenancy.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.hc.client5.http.DnsResolver;

/** Gives the client the addresses to connect to: all of a name, each checked, or none. Nobody asks a second time after the check. */
final class CheckedAddresses implements DnsResolver {

    private final NameLookup names;
    private final BiPredicate<InetAddress, Integer> allowed;

    CheckedAddresses(NameLookup names, BiPredicate<InetAddress, Integer> allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    /** At least one of the addresses of a name is not to be called. */
    static final class RefusedException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        RefusedException() {
            super("The host leads to an address that is not called");
        }
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        var found = names.addresses(host);
        if (!found.stream().allMatch(address -> allowed.test(address, port))) {
            throw new RefusedException();
        }
        return found.stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** Without a port nothing can be checked. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new RefusedException();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
