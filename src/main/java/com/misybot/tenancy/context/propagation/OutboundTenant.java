package com.misybot.tenancy.context.propagation;

import com.misybot.tenancy.kernel.CurrentTenant;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Tells trusted hosts which tenant a request is for, in baggage and in a header of its own. Whatever else wrote the tenant into a
 * request is taken out, whoever it is sent to.
 */
final class OutboundTenant implements ClientHttpRequestInterceptor {

    /** The header: the tenant's UUID. */
    static final String HEADER = "Misy-Tenant";

    private final TrustedHosts trusted;

    OutboundTenant(TrustedHosts trusted) {
        this.trusted = trusted;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        var headers = request.getHeaders();
        var baggage = Baggage.others(headers.getOrEmpty(Baggage.HEADER));
        headers.remove(HEADER);
        headers.remove(Baggage.HEADER);
        if (trusted.contain(request.getURI())) {
            CurrentTenant.current().ifPresent(tenant -> {
                headers.set(HEADER, tenant.id().toString());
                baggage.add(Baggage.member(tenant.id()));
            });
        }
        if (!baggage.isEmpty()) {
            headers.set(Baggage.HEADER, String.join(",", baggage));
        }
        return execution.execute(request, body);
    }
}
