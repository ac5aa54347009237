package com.misybot.tenancy.context.propagation;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.misybot.tenancy.kernel.CurrentTenant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

class OutboundTests extends PropagationFixture {

    private final WireMockServer service = new WireMockServer(options().dynamicPort());
    private final CurrentTenant tenant = anyTenant();

    @Autowired
    private RestClient.Builder clients;

    @BeforeEach
    void answer() {
        service.start();
        service.stubFor(any(anyUrl()).willReturn(ok("here")));
    }

    @AfterEach
    void stop() {
        service.stop();
    }

    @Test
    void tellsATrustedHostTheTenantAndTheTrace() {
        var request = sent("127.0.0.1");

        assertThat(request.getHeader("Misy-Tenant")).isEqualTo(tenant.id().toString());
        assertThat(request.getHeader("baggage")).isEqualTo("misy.tenant=" + tenant.id());
        assertThat(request.getHeader("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
    }

    @Test
    void tellsAnyOtherHostTheTraceAlone() {
        var request = sent("localhost");

        assertThat(request.getHeader("Misy-Tenant")).isNull();
        assertThat(request.getHeader("baggage")).isNull();
        assertThat(request.getHeader("traceparent")).isNotNull();
    }

    @Test
    void tellsNobodyWhereTheWorkIsNobodys() {
        clients.build().get().uri(at("127.0.0.1", "/")).retrieve().toBodilessEntity();

        assertThat(only("/").getHeader("Misy-Tenant")).isNull();
        assertThat(only("/").getHeader("baggage")).isNull();
    }

    @Test
    void takesOutWhatOthersSaidOfATenantAndLeavesTheRest() {
        var someone = anyTenant().id();
        for (var host : new String[] {"localhost", "127.0.0.1"}) {
            tenant.run(() -> clients.build()
                    .get()
                    .uri(at(host, "/" + host))
                    .header("Misy-Tenant", someone.toString())
                    .header("baggage", "a=b;c, misy.tenant=" + someone + ";p=1", "MISY.tenant = x", "d=%20e")
                    .retrieve()
                    .toBodilessEntity());
        }
        assertThat(only("/localhost").getHeader("Misy-Tenant")).isNull();
        assertThat(only("/localhost").getHeader("baggage")).isEqualTo("a=b;c,d=%20e");
        assertThat(only("/127.0.0.1").getHeader("Misy-Tenant"))
                .isEqualTo(tenant.id().toString());
        assertThat(only("/127.0.0.1").getHeader("baggage")).isEqualTo("a=b;c,d=%20e,misy.tenant=" + tenant.id());
    }

    @Test
    void followsNoRedirectWithTheTenant() {
        service.stubFor(any(urlEqualTo("/moved")).willReturn(temporaryRedirect(at("localhost", "/stolen"))));

        var answer = tenant.call(() ->
                clients.build().get().uri(at("127.0.0.1", "/moved")).retrieve().toBodilessEntity());

        assertThat(answer.getStatusCode().value()).isEqualTo(302);
        service.verify(0, getRequestedFor(urlEqualTo("/stolen")));
    }

    @Test
    void doesNotSendOnTheBaggageOfACaller(@Autowired Environment environment) {
        assertThat(environment.getProperty("management.tracing.baggage.enabled", Boolean.class))
                .isFalse();
        assertThat(environment.getProperty("management.tracing.baggage.remote-fields"))
                .isNull();
    }

    private LoggedRequest sent(String host) {
        tenant.run(() -> clients.build().get().uri(at(host, "/")).retrieve().toBodilessEntity());
        return only("/");
    }

    private LoggedRequest only(String path) {
        var requests = service.findAll(getRequestedFor(urlEqualTo(path)));
        assertThat(requests).hasSize(1);
        return requests.getFirst();
    }

    private String at(String host, String path) {
        return "http://" + host + ":" + service.port() + path;
    }
}
