package com.misybot.tenancy.outbound;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes clients that do nothing by themselves: no redirect, no second attempt, no cookie, no proxy, no decompression. */
final class Connections {

    private static final int MOST_LINE = 8_192;
    private static final int MOST_HEADERS = 100;
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** After this a name is resolved again, though the connection still holds. */
    private static final Duration OLDEST = Duration.ofMinutes(2);

    private final OutboundSettings settings;
    private final SSLContext trust;

    /** Takes the certificates that {@code trust} trusts, where they are the host's. */
    Connections(OutboundSettings settings, SSLContext trust) {
        this.settings = settings;
        this.trust = trust;
    }

    CloseableHttpClient client(DnsResolver addresses) {
        var connect = Timeout.of(settings.connectTimeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MOST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS + 1) // it refuses as many as that, not more
                                .build())
                        .build())
                .setMaxConnTotal(settings.connections())
                .setMaxConnPerRoute(settings.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setTimeToLive(TimeValue.of(OLDEST))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setProtocolUpgradeEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .setUserAgent("misy-tenancy")
                .setRoutePlanner((host, _) -> route(host))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.of(IDLE))
                .build();
    }

    /** Straight to the host, whose port is the usual one of its scheme where the URL names none. */
    private static HttpRoute route(HttpHost host) {
        return new HttpRoute(
                RoutingSupport.normalize(host, DefaultSchemePortResolver.INSTANCE),
                null,
                host.getSchemeName().equals("https"));
    }
}
