package com.misybot.tenancy.web;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What is not there, or not for this caller, is 404 before anything else is said about a request. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class NotFoundOrderTests {

    private final ApplicationContext context;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final Api api;

    NotFoundOrderTests(ApplicationContext context, ScopedTransactions transactions, JdbcClient jdbc) {
        this.context = context;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.api = Api.operator(context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            POST   | ''             | {}            | X-None: x                 | 405
            GET    | /suspend       | -             | X-None: x                 | 405
            GET    | ''             | -             | Accept: image/png         | 406
            PUT    | ''             | {}            | Content-Type: text/plain  | 415
            PATCH  | ''             | {}            | Content-Type: text/plain  | 415
            POST   | /suspend       | {}            | Content-Type: text/plain  | 415
            PUT    | ''             | {}            | X-None: x                 | 428
            PATCH  | ''             | {}            | X-None: x                 | 428
            DELETE | ''             | -             | X-Reason: over            | 428
            GET    | ?colour=red    | -             | X-None: x                 | 400
            PUT    | ''             | {             | If-Match: *               | 400
            PATCH  | ''             | {}            | If-Match: W/"1"           | 400
            PATCH  | ''             | {"status":7}  | If-Match: *               | 400
            POST   | /suspend       | {"why":"x"}   | X-None: x                 | 400
            POST   | /resume        | []            | X-None: x                 | 400
            POST   | /restore       | -             | X-Reason: %zz             | 400
            POST   | /activate      | {"reason":""} | X-None: x                 | 400
            DELETE | ?purgeAfter=P1 | -             | If-Match: *               | 400
            """)
    void saysThatATenantIsMissingBeforeWhatElseIsWrong(
            String method, String rest, String body, String header, int status) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var headers = header.split(": ", 2);

        assertThat(api.send(method, "/tenants/" + slug + rest, body, headers).status())
                .isEqualTo(status);
        assertMissing(api.send(method, "/tenants/" + freeSlug() + rest, body, headers));
        assertMissing(api.send(method, "/tenants/Not_A_Slug" + rest, body, headers));
        assertMissing(limited(freeSlug()).send(method, "/tenants/" + slug + rest, body, headers));
        assertThat(limited(slug)
                        .send(method, "/tenants/" + slug + rest, body, headers)
                        .status())
                .isEqualTo(status);
        purge(slug);
        assertMissing(api.send(method, "/tenants/" + slug + rest, body, headers));
        assertThat(api.send(method, "/tenants/" + slug + rest, body, headers).text("/code"))
                .isEqualTo(api.get("/tenants/" + slug).text("/code"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            DELETE | ''          | -           | X-None: x                | 405
            GET    | ''          | -           | Accept: image/png        | 406
            POST   | /cancel     | {}          | Content-Type: text/plain | 415
            GET    | ?colour=red | -           | X-None: x                | 400
            POST   | /cancel     | {"why":"x"} | X-None: x                | 400
            POST   | /cancel     | -           | If-Match: W/"1"          | 400
            """)
    void saysThatAnOperationIsMissingBeforeWhatElseIsWrong(
            String method, String rest, String body, String header, int status) {
        var slug = freeSlug();
        var path = api.post("/tenants", tenant(slug), "Prefer", "respond-async")
                .header("Location")
                .substring(RestPaths.API.length());
        var headers = header.split(": ", 2);

        assertThat(api.send(method, path + rest, body, headers).status()).isEqualTo(status);
        assertMissing(api.send(method, "/operations/" + UUID.randomUUID() + rest, body, headers));
        assertMissing(api.send(method, "/operations/nothing" + rest, body, headers));
        assertMissing(limited(freeSlug()).send(method, path + rest, body, headers));
        assertThat(limited(slug).send(method, path + rest, body, headers).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"POST, /tenants/count", "POST, /tenants/search", "GET, /tenants/import", "POST, /operations/count"})
    void takesNoLiteralForAName(String method, String path) {
        var answer = api.send(method, path, method.equals("GET") ? null : "{}");
        assertThat(answer.status()).as(answer.toString()).isIn(404, 405);
        assertThat(answer.text("/code")).isEqualTo(path.endsWith("import") ? "unknown_tenant" : "method_not_allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE | /tenants/count                  | X-None: x
            DELETE | /tenants/import                 | If-Match: W/"1"
            PUT    | /tenants/count                  | Content-Type: text/plain
            PATCH  | /tenants/search                 | X-None: x
            GET    | /tenants/import                 | Accept: image/png
            DELETE | /plans/count                    | X-None: x
            PUT    | /plans/count                    | Content-Type: text/plain
            DELETE | /tenants/{t}/sessions/count     | X-None: x
            DELETE | /tenants/{t}/sessions/end-all   | X-None: x
            DELETE | /tenants/{t}/secrets/revoke-all | X-None: x
            GET    | /tenants/{t}/secrets/revoke-all | Accept: image/png
            """)
    void findsNothingByAWordOfTheRoutes(String method, String path, String header) {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var body = method.startsWith("P") ? "{}" : null;
        var answer = api.send(method, path.replace("{t}", slug), body, header.split(": ", 2));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /tenants/count?colour=red, 400",
        "GET, /plans/count?colour=red, 400",
        "POST, /tenants/search, 405",
        "POST, /tenants/import, 415"
    })
    void leavesWhatTheWordsThemselvesRefuse(String method, String path, int status) {
        assertThat(api.send(method, path, method.equals("GET") ? null : "{}").status())
                .isEqualTo(status);
    }

    /** What is there is no business of a key that could not ask. */
    @Test
    void tellsNobodyWithoutTheScopeWhatIsThere() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        var stranger = Api.with(context, TestKeys.operator(context, "platform:metrics"));
        for (var path :
                new String[] {"/tenants/" + slug, "/tenants/" + freeSlug(), "/operations/" + UUID.randomUUID()}) {
            assertThat(stranger.post(path, "{}").status()).isEqualTo(405);
            assertThat(stranger.get(path, "Accept", "image/png").status()).isEqualTo(403);
        }
    }

    private void purge(String slug) {
        var id = UUID.fromString(api.get("/tenants/" + slug).text("/id"));
        transactions.change(
                Scope.tenant(id),
                () -> jdbc.sql("update tenant set status = 'PURGED' where id = ?")
                        .param(id)
                        .update());
    }

    private Api limited(String slug) {
        var reach = new Reach(Set.of(new TenantId(slug)), Map.of(), Set.of(), Set.of());
        return Api.with(context, TestKeys.limited(context, Actor.Kind.OPERATOR, reach));
    }

    private static void assertMissing(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.text("/code")).isIn("not_found", "unknown_tenant");
    }
}
