package com.misybot.tenancy.operation;

import static com.misybot.tenancy.operation.OperationTestApplication.ACME;
import static com.misybot.tenancy.operation.OperationTestApplication.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationTestApplication.Changes;
import com.misybot.tenancy.operation.OperationTestApplication.Work;
import com.misybot.tenancy.operation.OperationTestApplication.Works;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** A client of a started service. */
@OperationTest
abstract class OperationHttpFixture {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final JsonMapper JSON = new JsonMapper();

    final Scope.Tenant tenant = Scope.tenant(UUID.randomUUID());

    final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    Operations operations;

    @Autowired
    OperationStore store;

    @Autowired
    OperationJson json;

    @Autowired
    OperationWatch watch;

    @Autowired
    ScopedTransactions transactions;

    @Autowired
    Works works;

    @Autowired
    Changes changes;

    UUID done(String kind, TenantId about) {
        return transactions.change(
                Scope.platform(),
                () -> new DoneOperations(store, json)
                        .insert(
                                OperationOrder.of(
                                        kind,
                                        tenant,
                                        about,
                                        OperationTestApplication.named("anna").actor()),
                                List.of("done"))
                        .id());
    }

    Operation start(Work work) {
        var order = OperationOrder.of(
                        Works.KIND,
                        tenant,
                        ACME,
                        OperationTestApplication.named("anna").actor())
                .with(works.assign(UUID.randomUUID().toString(), work));
        return transactions.change(tenant, () -> operations.start(order));
    }

    List<String> ids(String query) throws Exception {
        var ids = new ArrayList<String>();
        var tokens = new HashSet<String>();
        String token = null;
        do {
            var page = JSON.readTree(
                    get(query + (token == null ? "" : "&pageToken=" + token)).body());
            page.get("items").forEach(item -> ids.add(item.get("id").asString()));
            token = page.path("nextPageToken").asString(null);
        } while (token != null && tokens.add(token));
        return ids;
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> stream(UUID id, String... headers) throws Exception {
        return client.send(
                request("/" + id, headers)
                        .setHeader("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String... headers) throws Exception {
        return client.send(
                request(path, headers).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/operations" + path))
                .header(CALLER, "anna");
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JSON.readTree(response.body()).get("code").asString()).isEqualTo(code);
    }

    Events follow(UUID id, @Nullable String lastEventId) throws Exception {
        var request = request("/" + id).setHeader("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.setHeader("Last-Event-ID", lastEventId);
        }
        return new Events(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }
}
