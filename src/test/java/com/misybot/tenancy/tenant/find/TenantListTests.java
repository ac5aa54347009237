package com.misybot.tenancy.tenant.find;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantListTests {

    private final ApplicationContext context;
    private final Api api;

    /** A label value of this test alone, so that others' tenants are not in its lists. */
    private String mine = "";

    TenantListTests(ApplicationContext context) {
        this.context = context;
        this.api = Api.operator(context);
    }

    @BeforeEach
    void labelOfThisTest() {
        mine = freeSlug();
    }

    @Test
    void findsByEachFilterAndCountsTheSame() {
        var slug = freeSlug();
        register(slug, "Straße Nord", """
            ,"externalId":"CRM-%1$s","region":"us-east","allowedOrigins":["https://www.%1$s.example","https://*.%1$s.example"]\
            """.formatted(slug), ",\"country\":\"LU\"", ",\"tier\":\"gold:1=2,3\"");
        register(freeSlug(), "Other", "", "", "");
        var tenant = api.get("/tenants/" + slug);
        var siteId = tenant.text("/siteId");
        var created = tenant.text("/createdAt");
        var updated = tenant.text("/updatedAt");

        for (var filter : List.of(
                "region=us-east",
                "country=lu",
                "label=" + encoded("tier:gold:1=2,3"),
                "label=" + encoded("tier=gold:1=2,3"),
                "siteId=" + siteId,
                "domain=WWW." + slug + ".example",
                "domain=" + slug + ".example",
                "externalId=" + encoded("ｃｒｍ-" + slug.toUpperCase(java.util.Locale.ROOT)),
                "createdFrom=" + created + "&createdTo=" + later(created),
                "updatedFrom=" + updated + "&updatedTo=" + later(updated))) {
            assertThat(slugs(filter)).as(filter).containsExactly(slug);
            assertThat(count(filter)).as(filter).isEqualTo(1);
        }
        assertThat(slugs("plan=standard")).hasSize(2);
        assertThat(slugs("status=ACTIVE")).hasSize(2);
        assertThat(slugs("createdFrom=" + later(created) + "&region=us-east")).isEmpty();
        assertThat(slugs("createdTo=" + created)).isEmpty();
        assertThat(slugs("status=SUSPENDED")).isEmpty();
        assertThat(slugs("label=tier:gold")).isEmpty();
        assertThat(slugs("region=us-east&country=DE")).isEmpty();
    }

    @Test
    void listsEveryStatusButPurged() {
        var active = register("Active");
        var suspended = register("Suspended");
        var deleted = register("Deleted");
        api.post("/tenants/" + suspended + "/suspend", "{\"reason\":\"Unpaid\"}");
        api.delete("/tenants/" + deleted, "If-Match", "*", "X-Reason", "Left");

        assertThat(slugs("")).containsExactlyInAnyOrder(active, suspended, deleted);
        assertThat(slugs("status=SUSPENDED")).containsExactly(suspended);
        assertThat(slugs("status=SUSPENDED&status=PENDING_DELETION")).containsExactlyInAnyOrder(suspended, deleted);
        assertThat(api.get("/tenants?status=PURGED").toString()).contains("400", "/status", "\"enum\"");
        assertThat(api.get("/tenants?status=ACTIVE,SUSPENDED").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdAt", "updatedAt", "name", "tenantId"})
    void tellsEveryTenantOnceInBothDirectionsThoughNamesAreEqual(String sort) {
        var slugs = IntStream.range(0, 7)
                .mapToObj(i -> register(i % 2 == 0 ? "same name" : "Same Name"))
                .toList();

        var up = pages("&sort=" + sort, 2, _ -> {});
        var down = pages("&sort=-" + sort, 3, _ -> {});

        assertThat(up).containsExactlyInAnyOrderElementsOf(slugs).doesNotHaveDuplicates();
        var reversed = new ArrayList<>(up);
        Collections.reverse(reversed);
        assertThat(down).isEqualTo(reversed);
    }

    @Test
    void sortsByTheFoldedName() {
        var names = List.of("zebra", "Äpfel", "Alpha", "beta", "ALPHA 2", "ÄPFEL B");
        names.forEach(this::register);

        assertThat(api.get("/tenants?sort=name&label=test:" + mine)
                        .json()
                        .at("/items")
                        .valueStream()
                        .map(item -> item.at("/business/name").asString()))
                .containsExactly("Alpha", "ALPHA 2", "beta", "zebra", "Äpfel", "ÄPFEL B");
    }

    @Test
    void losesAndRepeatsNoneWhileOthersAreRegisteredBetweenPages() {
        var before = IntStream.range(0, 6).mapToObj(i -> register("m" + i)).toList();

        var seen = pages("&sort=name", 2, page -> register(page % 2 == 0 ? "a" + page : "z" + page));

        assertThat(seen).containsAll(before).doesNotHaveDuplicates();
    }

    @Test
    void refusesTokensThatWereEditedOrMadeForAnotherListOrCaller() {
        IntStream.range(0, 3).forEach(i -> register("n" + i));
        var path = "/tenants?pageSize=1&label=test:" + mine;
        var token = api.get(path).text("/nextPageToken");

        assertThat(api.get(path + "&pageToken=" + token).status()).isEqualTo(200);
        assertThat(api.get(path + "&pageToken=" + token + "A").toString()).contains("400", "page_token_invalid");
        assertThat(api.get(path + "&pageToken=" + (token.startsWith("A") ? "B" : "A") + token.substring(1))
                        .toString())
                .contains("400", "page_token_invalid");
        assertThat(api.get(path + "&sort=name&pageToken=" + token).toString()).contains("page_token_invalid");
        assertThat(api.get(path + "&region=us-east&pageToken=" + token).toString())
                .contains("page_token_invalid");
        assertThat(Api.operator(context).get(path + "&pageToken=" + token).toString())
                .contains("page_token_invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "pageSize=0, /pageSize",
        "pageSize=201, /pageSize",
        "pageSize=abc, /pageSize",
        "sort=email, /sort",
        "sort=, /sort",
        "email=a@b.example, /email",
        "contactName=Anna, /contactName",
        "plan=A B, /plan",
        "region=x, /region",
        "country=ZZ, /country",
        "label=tier, /label",
        "label=TIER:gold, /label",
        "createdFrom=yesterday, /createdFrom",
        "siteId=a b, /siteId",
        "domain=https://acme.example, /domain",
        "domain=127.0.0.1, /domain",
        "plan=one&plan=two, /plan",
    })
    void refusesWhatIsNoFilter(String parameter, String pointer) {
        for (var path : List.of("/tenants?", "/tenants/count?")) {
            if (path.contains("count") && (parameter.startsWith("pageSize") || parameter.startsWith("sort"))) {
                continue;
            }
            var answer = api.get(path + parameter.replace(" ", "%20"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.text("/errors/0/pointer")).as(answer.toString()).isEqualTo(pointer);
            assertThat(answer.text("/errors/0/in")).isEqualTo("query");
        }
    }

    @Test
    void tellsACallerOnlyWhatIsWithinItsReach() {
        var gold = register(freeSlug(), "Gold", "", "", ",\"tier\":\"gold\"");
        var east = register(freeSlug(), "East", ",\"region\":\"us-east\"", "", "");
        var other = register("Other");

        assertThat(slugs(limited(Set.of(), Map.of("tier", "gold"), Set.of()), ""))
                .containsExactly(gold);
        assertThat(slugs(limited(Set.of(), Map.of(), Set.of("us-east")), "")).containsExactly(east);
        assertThat(slugs(limited(Set.of(new TenantId(other)), Map.of(), Set.of()), ""))
                .containsExactly(other);
        assertThat(slugs(limited(Set.of(new TenantId(other)), Map.of(), Set.of()), "region=us-east"))
                .isEmpty();
        var both = limited(Set.of(), Map.of("tier", "gold"), Set.of("us-east"));
        assertThat(slugs(both, "")).isEmpty();
        assertThat(both.get("/tenants/count?label=test:" + mine)
                        .json()
                        .at("/count")
                        .asLong())
                .isZero();
    }

    @Test
    void answersHeadAndKeepsNothingInCaches() {
        register("Head");
        var head = api.send("HEAD", "/tenants?label=test:" + mine, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("Cache-Control")).contains("no-store");
        assertThat(api.send("HEAD", "/tenants/count", null).status()).isEqualTo(200);
    }

    @Test
    void answersWholePagesAndCountsWhateverTheName() {
        var slug = register("ﷺ".repeat(200));
        register("ﷺ".repeat(200));
        register("b");
        assertThat(pages("&sort=name", 1, _ -> {})).hasSize(3).contains(slug);
        assertThat(count("")).isEqualTo(3);
    }

    private Api limited(Set<TenantId> tenants, Map<String, String> labels, Set<String> regions) {
        return Api.with(
                context, TestKeys.limited(context, Actor.Kind.SERVICE, new Reach(tenants, labels, Set.of(), regions)));
    }

    private String register(String name) {
        return register(freeSlug(), name, "", "", "");
    }

    private String register(String slug, String name, String more, String business, String labels) {
        var answer = api.post("/tenants", """
            {"tenantId":"%s","business":{"name":"%s"%s},"labels":{"test":"%s"%s}%s}\
            """.formatted(slug, name, business, mine, labels, more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return slug;
    }

    private List<String> pages(String query, int size, IntConsumer between) {
        var slugs = new ArrayList<String>();
        var token = "";
        for (var page = 0; page == 0 || !token.isEmpty(); page++) {
            var answer = api.get("/tenants?pageSize=" + size + "&label=test:" + mine + query
                    + (token.isEmpty() ? "" : "&pageToken=" + token));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            var items = slugs(answer);
            assertThat(items).hasSizeLessThanOrEqualTo(size);
            slugs.addAll(items);
            token = answer.text("/nextPageToken");
            between.accept(page);
        }
        return slugs;
    }

    private List<String> slugs(String filter) {
        return slugs(api, filter);
    }

    private List<String> slugs(Api caller, String filter) {
        var answer = caller.get("/tenants?label=test:" + mine + (filter.isEmpty() ? "" : "&" + filter));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return slugs(answer);
    }

    private static List<String> slugs(Api.Answer answer) {
        return answer.json()
                .at("/items")
                .valueStream()
                .map(item -> item.at("/tenantId").asString())
                .toList();
    }

    private long count(String filter) {
        return api.get("/tenants/count?label=test:" + mine + "&" + filter)
                .json()
                .at("/count")
                .asLong();
    }

    private static String later(String instant) {
        return java.time.Instant.parse(instant).plusNanos(1_000).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
