package com.misybot.tenancy.outbound;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks name servers for all addresses of a name, each time anew, and holds no thread while it waits. The JDK's own look-up is a
 * native call that keeps the carrier of a virtual thread: two tenants whose name servers do not answer would stop a machine of two
 * processors.
 */
final class NameLookup implements AutoCloseable {

    /** Answers are longer than 512 bytes where a name has many addresses; larger ones come by TCP. */
    private static final int PAYLOAD = 1_232;

    private static final int MOST_QUERIES = 8;
    private static final int DNS_PORT = 53;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("name-lookup", true), NioIoHandler.newFactory());
    private final DnsNameResolver resolver;
    private final Duration limit;

    NameLookup(OutboundSettings settings) {
        limit = settings.connectTimeout();
        var builder = new DnsNameResolverBuilder(loop.next())
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class, true)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                // one address more in a later answer may be the one that matters
                .completeOncePreferredResolved(false)
                .maxPayloadSize(PAYLOAD)
                .maxQueriesPerResolve(MOST_QUERIES)
                .queryTimeoutMillis(Math.max(1, limit.toMillis() / 2))
                // a name is complete: nothing of our own domain is put behind it
                .searchDomains(List.of())
                .ndots(1);
        if (!settings.nameServers().isEmpty()) {
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(
                    settings.nameServers().stream().map(NameLookup::server).toList()));
        }
        resolver = builder.build();
    }

    private static InetSocketAddress server(String text) {
        var colon = text.indexOf(':') == text.lastIndexOf(':') ? text.indexOf(':') : -1;
        return colon < 0
                ? new InetSocketAddress(text, DNS_PORT)
                : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /**
     * All addresses of a name, or the one that is spelled out.
     *
     * @throws UnknownHostException where there is none, or none is known in time
     */
    List<InetAddress> addresses(String host) throws UnknownHostException {
        var answer = resolver.resolveAll(host);
        try {
            return List.copyOf(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException _) {
            answer.cancel(false);
            throw new UnknownHostException("No address is known of the host");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            throw new UnknownHostException("Interrupted while the addresses of the host were asked for");
        }
    }

    @Override
    public void close() {
        resolver.close();
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
