package com.misybot.tenancy.tenant.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.security.apikey.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ImportCsvTests {

    private final ImportClient client;
    private final String mark = "c" + UUID.randomUUID().toString().substring(0, 8);

    ImportCsvTests(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.client = new ImportClient(port, TestKeys.operator(context));
    }

    @Test
    void readsQuotesNewlinesAndGuardedFormulas() {
        var answer = send(
                "",
                "\uFEFFtenantId,name,legalName,phone,allowedOrigins,permissions,labels,settings\r\n"
                        + "one-" + mark
                        + ",\"'=Sum, \"\"quoted\"\"\",,'+4930901820,https://a.example  https://b.example,"
                        + "chat.reply,\"{\"\"tier\"\":\"\"gold\"\"}\",\"{\"\"a\"\":\n[1]}\"\r\n"
                        + "\r\n"
                        + "two-" + mark + ",Plain,\"Two\nlines\",,,,,\n"
                        + "three-" + mark + ",Three,,,,,,");

        assertThat(answer.outcomes()).containsExactly("created", "invalid_request", "created");
        assertThat(answer.results().stream().map(line -> line.path("line").asInt()))
                .containsExactly(2, 5, 7);
        assertThat(answer.summary().path("blank").asInt()).isEqualTo(1);
        var tenant = client.tenant("one-" + mark);
        assertThat(tenant.path("business").toString())
                .isEqualTo("{\"name\":\"=Sum, \\\"quoted\\\"\",\"phone\":\"+4930901820\"}");
        assertThat(tenant.path("allowedOrigins").toString()).isEqualTo("[\"https://a.example\",\"https://b.example\"]");
        assertThat(tenant.path("labels").toString()).isEqualTo("{\"tier\":\"gold\"}");
        assertThat(tenant.path("settings").toString()).isEqualTo("{\"a\":[1]}");
    }

    @Test
    void refusesABadRowAndGoesOnBehindIt() {
        var row = ",Name\n";
        var bytes = ("tenantId,name\na-" + mark + row + "too,many,cells\n\"never closed,x\nb-" + mark + row + "c-"
                        + mark + ",\"x\"y\nd-" + mark + "," + "x".repeat(70_000) + "\ne-" + mark + ",\u0001\nf-" + mark
                        + row)
                .getBytes(StandardCharsets.UTF_8);
        // half a character
        bytes[new String(bytes, StandardCharsets.UTF_8).indexOf('\u0001')] = (byte) 0xC3;

        var answer = client.send("", "text/csv; charset=utf-8", bytes);

        assertThat(answer.outcomes())
                .containsExactly(
                        "created",
                        "invalid_request",
                        "invalid_request",
                        "created",
                        "invalid_request",
                        "body_too_large",
                        "invalid_request",
                        "created");
        assertThat(answer.results().stream().map(line -> line.path("line").asInt()))
                .containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void refusesAHeaderThatItDoesNotKnowBeforeAnyRow() {
        for (var header : new String[] {"tenantId,name,colour", "tenantId,name,name", "name", "\"tenantId,name", ""}) {
            var answer = send("", header + "\nx-" + mark + ",X\n");
            assertThat(answer.status()).as(header).isEqualTo(400);
            assertThat(answer.type()).startsWith("application/problem+json");
        }
        assertThat(client.tenant("x-" + mark).isMissingNode()).isTrue();
    }

    @Test
    void takesAnExportBackUnchanged() throws IOException, InterruptedException {
        client.send("", """
                {"tenantId":"export-%1$s","externalId":"'=%1$s","business":{"name":"@Acme \\"Dental\\", Inc.","phone":"+4930901820"},\
                "allowedOrigins":["https://a.example","https://b.example"],"permissions":["chat.reply"],"labels":{"mark":"%1$s"},\
                "settings":{"text":"a\\nb"},"activeUntil":"2199-01-01T00:00:00Z","status":"SUSPENDED","statusReason":"=Unpaid"}
                {"tenantId":"second-%1$s","business":{"name":"Second"},"labels":{"mark":"%1$s"}}
                """.formatted(mark));
        for (var type : new String[] {"text/csv", "application/x-ndjson"}) {
            var export = client.get("/tenants?label=mark:" + mark, type);
            assertThat(export.statusCode()).as(type).isEqualTo(200);

            var answer = client.send("?mode=upsert", type, export.body().getBytes(StandardCharsets.UTF_8));

            assertThat(answer.outcomes()).as(type).containsExactly("unchanged", "unchanged");
            if (type.equals("text/csv")) {
                assertThat(export.body()).contains("'@Acme", "'+4930901820", "''=", "'=Unpaid");
            }
        }
    }

    private ImportClient.Answer send(String query, String csv) {
        return client.send(query, "text/csv", csv.getBytes(StandardCharsets.UTF_8));
    }
}
