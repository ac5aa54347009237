package com.misybot.tenancy.tenant.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class LegacySecretTests {

    private static final String BCRYPT = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final ImportClient client;
    private final String mark = "l" + UUID.randomUUID().toString().substring(0, 8);

    LegacySecretTests(
            @Autowired ApplicationContext context,
            @Autowired ScopedTransactions transactions,
            @Autowired JdbcClient jdbc,
            @LocalServerPort int port) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.client = new ImportClient(port, TestKeys.operator(context));
    }

    @Test
    void keepsTheHashForNinetyDaysAndShowsItNowhere(CapturedOutput output) throws Exception {
        var answer = client.send("", line("kept", "bcrypt", BCRYPT) + line("kept", "bcrypt", BCRYPT));

        assertThat(answer.outcomes()).containsExactly("created", "name_taken");
        assertThat(answer.lines().toString()).doesNotContain("R9h/cIPz0gi");
        var tenant = client.tenant("kept-" + mark);
        assertThat(tenant.toString()).doesNotContain("R9h/cIPz0gi", "legacy");
        assertThat(client.get("/tenants/kept-" + mark, "application/json").body())
                .doesNotContain("R9h/cIPz0gi");
        assertThat(output.getAll()).doesNotContain("R9h/cIPz0gi");
        var row = stored(tenant.path("id").asString());
        assertThat(row.algorithm()).isEqualTo("bcrypt");
        assertThat(row.hash()).isEqualTo(BCRYPT);
        assertThat(row.until())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(90)).minusSeconds(600),
                        Instant.now().plus(Duration.ofDays(90)).plusSeconds(60));
    }

    @Test
    void refusesWhatIsNoHashOfItsAlgorithmWithoutRepeatingIt() {
        var answer = client.send(
                "",
                line("a", "bcrypt", "plain-secret")
                        + line("b", "md5", "d41d8cd98f00b204e9800998ecf8427e")
                        + line("c", "bcrypt", BCRYPT.replace("$12$", "$31$"))
                        + line("d", "argon2id", "$argon2id$v=19$m=9999999,t=3,p=4$c29tZXNhbHQ$aGFzaGhhc2hoYXNoaGFzaA"));

        assertThat(answer.outcomes()).containsOnly("invalid_request").hasSize(4);
        assertThat(answer.lines().toString()).doesNotContain("plain-secret", "d41d8cd98f");
        assertThat(answer.results()
                        .get(1)
                        .path("problem")
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asString())
                .isEqualTo("/legacySecretHash/algorithm");
    }

    @Test
    void givesNoTenantThatExistsAnotherWayIn() {
        client.send("", line("safe", "bcrypt", BCRYPT));

        var answer = client.send("?mode=upsert", line("safe", "sha256", "0".repeat(64)));

        assertThat(answer.outcomes()).containsExactly("unchanged");
        assertThat(stored(client.tenant("safe-" + mark).path("id").asString()).algorithm())
                .isEqualTo("bcrypt");
    }

    private Stored stored(String id) {
        return transactions.read(
                Scope.tenant(UUID.fromString(id)),
                () -> jdbc.sql("select algorithm, hash, until from legacy_secret")
                        .query((row, _) -> new Stored(
                                row.getString(1),
                                row.getString(2),
                                row.getTimestamp(3).toInstant()))
                        .single());
    }

    private String line(String name, String algorithm, String hash) {
        return "{\"tenantId\":\"" + name + "-" + mark + "\",\"business\":{\"name\":\"" + name
                + "\"},\"legacySecretHash\":{\"algorithm\":\"" + algorithm + "\",\"hash\":\"" + hash + "\"}}\n";
    }

    private record Stored(String algorithm, String hash, Instant until) {}
}
