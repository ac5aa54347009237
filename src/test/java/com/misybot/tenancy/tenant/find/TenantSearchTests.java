package com.misybot.tenancy.tenant.find;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import jakarta.persistence.EntityManager;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class TenantSearchTests {

    private final ApplicationContext context;
    private final ScopedTransactions transactions;
    private final EntityManager entities;
    private final Api api;

    TenantSearchTests(ApplicationContext context, ScopedTransactions transactions, EntityManager entities) {
        this.context = context;
        this.transactions = transactions;
        this.entities = entities;
        this.api = Api.operator(context);
    }

    @ParameterizedTest
    @CsvSource({
        "Fundação Hermínio Ometto, fundacao herminio ometto",
        "Fundação Hermínio Ometto, Ometo",
        "Fundação Hermínio Ometto, hermnio fundcao",
        "Hellenic College of Noah, Helenic Collage of Noah",
        "Antonio Nariño University, narino universty",
        "Wroclaw Akademia Biznesu, wrocalw",
        "Straßenbahn Zürich, strasenbahn zurich",
        "Αθηναϊκό Πανεπιστήμιο, Αθηναικο",
        "Αθηναϊκό Πανεπιστήμιο, Πανεπιστμιο",
        "Московский Институт, Москоский",
        "Московский Институт, moskovskij",
        "北京大学, 北京大学",
        "北京大学, beijing daxue",
        "東京工業大学, 東京工業大字",
        "서울대학교, 서울대학",
        "جامعة القاهرة, جامعة القاهره",
        "Women's College, womens colege",
        "100% Pure_Water \\\\ Co, pure_watr",
    })
    void findsANameInSpiteOfATypo(String name, String question) {
        var slug = register(name, "");

        assertThat(slugs(search(question))).as(question).contains(slug);
    }

    @Test
    void findsBySlugSiteIdAndDomainInSpiteOfATypo() {
        var word = "qz" + freeSlug();
        var slug = register(
                "Acme",
                ",\"siteId\":\"Widget-%1$s\",\"allowedOrigins\":[\"https://shop.%1$sx.example\",\"https://münchen-%1$s.example\"]"
                        .formatted(word));

        assertThat(slugs(search(slug))).contains(slug);
        assertThat(slugs(search(swapped(slug)))).contains(slug);
        assertThat(slugs(search("Widget-" + swapped(word)))).contains(slug);
        assertThat(slugs(search("shop." + swapped(word) + "x.example"))).contains(slug);
        assertThat(slugs(search("munchen " + word))).contains(slug);
    }

    @Test
    void ranksTheMostLikeFirstWithItsScore() {
        var word = freeWord();
        var near = register("Institute of " + word + "a", "");
        var exact = register("Institute of " + word, "");

        var found = search("institute " + word);

        assertThat(slugs(found).subList(0, 2)).containsExactly(exact, near);
        var best = found.at("/items/0/score").asDouble();
        assertThat(best).isBetween(0.99, 1.0);
        assertThat(found.at("/items/1/score").asDouble()).isBetween(0.5, best - 0.01);
        assertThat(found.at("/items/0/tenant/business/name").asString()).isEqualTo("Institute of " + word);
    }

    @Test
    void findsWhatLacksOneOfTheWords() {
        var word = freeWord();
        var slug = register("Academy " + word, "");

        assertThat(slugs(search("academy " + word + " qqqqwwww"))).contains(slug);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "_",
                "%%%%",
                "\\",
                "'",
                "\"",
                "' or 1=1 --",
                "a'b\"c\\d%_",
                "()[]{}*+?.|^$",
                "💥",
                ":p0 ::jsonb"
            })
    void takesSignsForWhatTheyAre(String signs) {
        for (var parameter : List.of("q", "prefix")) {
            var answer = api.get("/tenants/search?" + parameter + "=" + encoded(signs));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
        assertThat(search("%").at("/items").size()).isZero();
        assertThat(prefix("_").at("/items").size()).isZero();
    }

    @Test
    void findsWhatBeginsWithATextWhateverItsCaseInOrder() {
        var word = "pre" + freeSlug();
        var name = register("É" + word + " Name", "");
        var site = register("Other", ",\"siteId\":\"E" + word.toUpperCase(Locale.ROOT) + "z\"");
        var host =
                register("Other", ",\"allowedOrigins\":[\"https://other.example\",\"https://e" + word + "a.example\"]");
        register("Not e" + word, "");

        assertThat(slugs(prefix("E" + word))).containsExactly(name, host, site);
        assertThat(slugs(prefix("é" + word.substring(0, 8)))).contains(name);
        assertThat(prefix("e" + word).at("/items/0/score").isMissingNode()).isTrue();
        assertThat(slugs(api.get("/tenants/search?limit=1&prefix=e" + word).json()))
                .containsExactly(name);
    }

    @Test
    void findsByBeginningsOfTheTenantIdAndForgetsOldHosts() {
        var slug = freeSlug();
        assertThat(api.post(
                                "/tenants",
                                "{\"tenantId\":\"%1$s\",\"business\":{\"name\":\"X\"},\"allowedOrigins\":[\"https://old%1$s.example\"]}"
                                        .formatted(slug))
                        .status())
                .isEqualTo(201);
        assertThat(slugs(prefix(slug.substring(0, slug.length() - 1)))).contains(slug);
        assertThat(slugs(prefix("old" + slug))).containsExactly(slug);

        var changed = api.patch(
                "/tenants/" + slug,
                "{\"allowedOrigins\":[\"https://new%s.example\"]}".formatted(slug),
                "If-Match",
                "*");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(slugs(prefix("old" + slug))).isEmpty();
        assertThat(slugs(prefix("new" + slug))).containsExactly(slug);
        assertThat(slugs(search("new" + slug))).contains(slug);
    }

    @Test
    void tellsACallerOnlyWhatIsWithinItsReach() {
        var word = freeWord();
        var slug = register("Reach " + word, "");
        var other = register("Reach " + word, "");
        var caller = Api.with(
                context,
                TestKeys.limited(
                        context,
                        Actor.Kind.SERVICE,
                        new Reach(Set.of(new TenantId(slug)), Map.of(), Set.of(), Set.of())));

        assertThat(slugs(search("reach " + word))).contains(slug, other);
        assertThat(slugs(caller.get("/tenants/search?q=" + word).json())).containsExactly(slug);
        assertThat(slugs(caller.get("/tenants/search?prefix=reach%20" + word).json()))
                .containsExactly(slug);
    }

    @ParameterizedTest
    @CsvSource({
        "'', /q",
        "q=a&prefix=b, /q",
        "q=, /q",
        "prefix=%20, /prefix",
        "q=a&limit=0, /limit",
        "q=a&limit=51, /limit",
        "q=a&limit=x, /limit",
        "q=a&email=x, /email",
    })
    void refusesWhatIsNoQuestion(String query, String pointer) {
        var answer = api.get("/tenants/search?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(api.get("/tenants/search?q=" + "a".repeat(201)).status()).isEqualTo(400);
    }

    @Test
    void findsNothingByTheContactFields() {
        var word = freeWord();
        var slug = freeSlug();
        assertThat(api.post("/tenants", """
            {"tenantId":"%s","business":{"name":"Contact","contactName":"%s","email":"%s@acme.example"}}\
            """.formatted(slug, word, word)).status())
                .isEqualTo(201);

        assertThat(slugs(search(word))).doesNotContain(slug);
        assertThat(slugs(prefix(word))).doesNotContain(slug);
    }

    @Test
    void tellsThatItIsPartialWhereCandidatesOrTimeRunOut() {
        var word = freeWord();
        for (var i = 0; i < 4; i++) {
            register("Partial " + word, "");
        }
        var few = new TenantSearch(transactions, entities, new FindSettings(Duration.ofSeconds(5), 3));
        var all = new TenantSearch(transactions, entities, new FindSettings(Duration.ofSeconds(5), 500));
        var noTime = new TenantSearch(transactions, entities, new FindSettings(Duration.ofMillis(1), 500));

        assertThat(few.like(word, Reach.all(), 3).partial()).isTrue();
        assertThat(few.like(word, Reach.all(), 3).hits()).isNotEmpty();
        assertThat(all.like(word, Reach.all(), 4).partial()).isFalse();
        assertThat(all.like(word, Reach.all(), 4).hits()).hasSize(4);
        assertThat(noTime.like(word + " qqqqwwww", Reach.all(), 4).partial()).isTrue();
    }

    @Test
    void asksForTheClosestWhereTooManyAreNear() {
        var word = freeWord();
        for (var i = 0; i < 6; i++) {
            register(swapped(word), "");
        }
        var same = register(word, "");
        var search = new TenantSearch(transactions, entities, new FindSettings(Duration.ofSeconds(5), 3));

        assertThat(search.like(word, Reach.all(), 1).hits())
                .extracting(hit -> hit.tenant().tenantId().value())
                .containsExactly(same);
    }

    @Test
    void looksAtMoreHostsWhereOneTenantHasManyThatBeginAlike() {
        var word = "h" + freeSlug();
        var origins = IntStream.range(100, 140)
                .mapToObj(i -> "\"https://%sa%d.example\"".formatted(word, i))
                .collect(Collectors.joining(","));
        var crowd = register("Crowd", ",\"allowedOrigins\":[" + origins + "]");
        var last = register("Last", ",\"allowedOrigins\":[\"https://" + word + "z.example\"]");

        assertThat(slugs(api.get("/tenants/search?limit=2&prefix=" + word).json()))
                .containsExactly(crowd, last);
    }

    private String register(String name, String more) {
        var slug = freeSlug();
        var answer = api.post(
                "/tenants", "{\"tenantId\":\"%s\",\"business\":{\"name\":\"%s\"}%s}".formatted(slug, name, more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return slug;
    }

    private JsonNode search(String question) {
        var answer = api.get("/tenants/search?limit=50&q=" + encoded(question));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode prefix(String beginning) {
        var answer = api.get("/tenants/search?limit=50&prefix=" + encoded(beginning));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> slugs(JsonNode found) {
        return found.at("/items")
                .valueStream()
                .map(item -> item.at("/tenant/tenantId").asString())
                .toList();
    }

    /** Two letters in the middle change places. */
    private static String swapped(String word) {
        var middle = word.length() / 2;
        return word.substring(0, middle) + word.charAt(middle + 1) + word.charAt(middle) + word.substring(middle + 2);
    }

    /** A word of twelve letters, each of them once, that is like no slug and no other word. */
    private static String freeWord() {
        var letters = "abcdefghijklmnopqrstuvwxyz"
                .chars()
                .mapToObj(Character::toString)
                .collect(Collectors.toList());
        Collections.shuffle(letters);
        return String.join("", letters.subList(0, 12));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
