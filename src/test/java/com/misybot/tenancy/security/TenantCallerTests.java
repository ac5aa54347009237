package com.misybot.tenancy.security;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.AccessScope;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantCallerTests {

    private final ApplicationContext context;
    private final Api operator;

    TenantCallerTests(ApplicationContext context) {
        this.context = context;
        this.operator = Api.operator(context);
    }

    @Test
    void aTenantReadsItselfAndNobodyElse() {
        var slug = freeSlug();
        var itself = Api.with(context, operator.post("/tenants", tenant(slug)).text("/secret"));
        var other = freeSlug();
        operator.post("/tenants", tenant(other));

        assertThat(itself.get("/tenants/" + slug).text("/tenantId")).isEqualTo(slug);
        var foreign = itself.get("/tenants/" + other);
        var none = itself.get("/tenants/" + slug + "x");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(none.status()).isEqualTo(404);
        assertThat(foreign.text("/code")).isEqualTo(none.text("/code"));
    }

    @Test
    void aTenantDoesNothingElseToItself() {
        var slug = freeSlug();
        var itself = Api.with(context, operator.post("/tenants", tenant(slug)).text("/secret"));

        assertThat(itself.get("/tenants").status()).isEqualTo(403);
        assertThat(itself.get("/tenants/" + slug + "/secrets").status()).isEqualTo(403);
        assertThat(itself.post("/tenants/" + slug + "/secrets", "{}").status()).isEqualTo(403);
        assertThat(itself.post("/secrets/verify", "{\"secret\":\"\"}").status()).isEqualTo(403);
        assertThat(itself.patch("/tenants/" + slug, "{}", "If-Match", "*").status())
                .isEqualTo(403);
        assertThat(itself.post("/tenants/" + slug + "/suspend", "{\"reason\":\"r\"}")
                        .status())
                .isEqualTo(403);
        assertThat(itself.post("/tenants", tenant(freeSlug())).status()).isEqualTo(403);
    }

    @Test
    void aSuspendedTenantIsNobodyWithinASecond() {
        var slug = freeSlug();
        var itself = Api.with(context, operator.post("/tenants", tenant(slug)).text("/secret"));
        assertThat(itself.get("/tenants/" + slug).status()).isEqualTo(200);

        operator.post("/tenants/" + slug + "/suspend", "{\"reason\":\"r\"}");
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(400))
                .until(() -> itself.get("/tenants/" + slug).status() == 401);
        operator.post("/tenants/" + slug + "/resume", "{}");
        // seldom: ten refusals within a minute would stop this pair of key and address
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(400))
                .until(() -> itself.get("/tenants/" + slug).status() == 200);
    }

    @Test
    void guessingASecretIsStopped() {
        var slug = freeSlug();
        var good = operator.post("/tenants", tenant(slug)).text("/secret");
        var keyId = Token.parse(good).orElseThrow().keyId();
        for (var i = 0; i < 10; i++) {
            var wrong = Token.issue(Token.Kind.TENANT, keyId, new SecureRandom())
                    .secret()
                    .value();
            assertThat(Api.with(context, wrong).get("/tenants/" + slug).status())
                    .isEqualTo(401);
        }

        assertThat(Api.with(context, good).get("/tenants/" + slug).status()).isEqualTo(429);
    }

    @Test
    void aPlanAddsScopesOfAClosedList() {
        var usual = TenantCallers.scopes(Set.of());
        var added = TenantCallers.scopes(Set.of(
                "audit:read",
                "tenants:write",
                "secrets:write",
                "secrets:verify",
                "holds:write",
                "plans:write",
                "webhooks:write",
                "policies:write",
                "context:assert",
                "platform:metrics",
                "no:such"));

        assertThat(AccessScope.words(usual))
                .containsExactlyInAnyOrder(
                        "tenants:read", "context:read", "sessions:write", "documents:read", "documents:write");
        assertThat(added).containsAll(usual).hasSize(usual.size() + 1).contains(AccessScope.AUDIT_READ);
    }
}
