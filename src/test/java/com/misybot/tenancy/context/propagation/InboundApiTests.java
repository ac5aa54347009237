package com.misybot.tenancy.context.propagation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.Api.Answer;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.security.apikey.TestKeys;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;

class InboundApiTests extends PropagationFixture {

    private static final String HEADER = "Misy-Tenant";

    private CurrentTenant tenant = anyTenant();
    private String id = "";

    @BeforeEach
    void register() {
        tenant = registered();
        id = tenant.id().toString();
    }

    @Test
    void worksForTheTenantThatATrustedCallerNames() {
        for (var headers : new String[][] {
            {HEADER, id},
            {"baggage", "misy.tenant=" + id},
            {"baggage", "a=b, misy.tenant = %s%s ;p=1".formatted("%" + hex(id.charAt(0)), id.substring(1))},
            {HEADER, id, "baggage", "misy.tenant=" + id},
        }) {
            var answer = asserting().get(PLACE, headers);

            assertThat(answer.text("/here")).as(answer.toString()).isEqualTo(at(tenant));
            assertThat(answer.header(HEADER)).isEqualTo(id);
        }
    }

    @Test
    void worksForItAlsoWhereTheAnswerComesLater() {
        assertThat(asserting().get(PLACE + "/later", HEADER, id).text("/here")).isEqualTo(at(tenant));
        assertThat(asserting().get(PLACE + "/later").text("/here")).isEqualTo(NOBODY);
    }

    /** The threads of a server may be used again. */
    @Test
    void leavesNothingOnTheThreadOfARequest(
            @Autowired @Qualifier("springSecurityFilterChain") Filter security,
            @Autowired @Qualifier("inboundTenant") FilterRegistrationBean<? extends Filter> inbound)
            throws Exception {
        LogContext.clear();
        var served = ((WebApplicationContext) context).getServletContext();
        var request = new MockHttpServletRequest(served, "GET", "/api/v1" + PLACE);
        request.addHeader("Authorization", "Bearer " + TestKeys.service(context, "context:read", "context:assert"));
        request.addHeader(HEADER, id);
        var seen = new ArrayList<String>();

        security.doFilter(
                request,
                new MockHttpServletResponse(),
                (asked, answered) -> requireNonNull(inbound.getFilter())
                        .doFilter(asked, answered, (_, _) -> seen.add(here() + " " + MDC.get("actor"))));

        assertThat(seen).singleElement().asString().startsWith(at(tenant) + " service:");
        assertThat(here()).isEqualTo(NOBODY);
        assertThat(MDC.get("actor")).isNull();
    }

    @Test
    void worksForNobodyInParticularOtherwise() {
        for (var headers : new String[][] {{}, {"baggage", "a=b,tenant=" + id}}) {
            var answer = asserting().get(PLACE, headers);

            assertThat(answer.text("/here")).isEqualTo(NOBODY);
            assertThat(answer.header(HEADER)).isEmpty();
        }
    }

    @Test
    void passesOverWhatACallerSaysWithoutTheScope() {
        var reading = Api.with(context, TestKeys.service(context, "context:read"));
        for (var said : new String[] {id, UUID.randomUUID().toString(), "nonsense"}) {
            var answer = reading.get(PLACE, HEADER, said, "baggage", "misy.tenant=" + said);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("/here")).isEqualTo(NOBODY);
            assertThat(answer.header(HEADER)).isEmpty();
        }
    }

    @Test
    void knowsNeitherATenantThatIsNoneNorOneOutOfReach() {
        refused(asserting().get(PLACE, HEADER, UUID.randomUUID().toString()), 404, "unknown_tenant");

        var elsewhere = new Reach(Set.of(registered().tenantId()), Map.of(), Set.of(), Set.of());
        var limited = TestKeys.limited(context, Actor.Kind.SERVICE, elsewhere, "context:read", "context:assert");
        refused(Api.with(context, limited).get(PLACE, HEADER, id), 404, "unknown_tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme-dental", "", "0", "1-1-1-1-1", "01A208D5-A61A-7335-9D2A-E42FA81105B8"})
    void refusesWhatIsNoId(String said) {
        refused(asserting().get(PLACE, HEADER, said), 400, "invalid_request");
        refused(asserting().get(PLACE, "baggage", "misy.tenant=" + said), 400, "invalid_request");
    }

    @Test
    void refusesTwoTenants() {
        refused(
                asserting().get(PLACE, HEADER, id, "baggage", "misy.tenant=" + UUID.randomUUID()),
                400,
                "invalid_request");
        refused(
                asserting().get(PLACE, "baggage", "misy.tenant=" + id + ",misy.tenant=" + UUID.randomUUID()),
                400,
                "invalid_request");
    }

    @Test
    void refusesTheTenantAfterTheScopeOfTheRoute() {
        var unscoped = Api.with(context, TestKeys.service(context, "context:assert"));

        refused(unscoped.get(PLACE, HEADER, UUID.randomUUID().toString()), 403, "forbidden");
    }

    @Test
    void isNoWordInWhatIsResolved() {
        var other = registered();
        var answer = asserting().get("/context" + question(other), HEADER, id);

        assertThat(answer.text("/id")).isEqualTo(other.id().toString());
        assertThat(answer.header(HEADER)).isEqualTo(id);
    }

    private static String hex(char c) {
        return Integer.toHexString(c);
    }

    private Api asserting() {
        return Api.with(context, TestKeys.service(context, "context:read", "context:assert"));
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.header(HEADER)).isEmpty();
    }
}
