import com.ibm.icu.text.Transliterator;
import com.misybot.tenancy.kernel.TenantId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a list of organisations (the shape of Hipo's university-domains-list) into lines for {@code POST /tenants/import}.
 *
 * <p>Runs from its source on the class path of the service, with JDK 25:
 *
 * <pre>
 * ./mvnw -q compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp "target/classes:$(cat target/classpath)" bench/organisations/OrganisationsToNdjson.java organisations.json
 * </pre>
 *
 * <p>One line for each organisation, in their order, and nothing left out: what is wrong with a domain is for the import to say. The
 * same list gives the same lines.
 */
public final class OrganisationsToNdjson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Transliterator TO_ASCII = Transliterator.getInstance("Any-Latin; Latin-ASCII; NFD; [:Mn:] Remove");

    private final Set<String> taken = new HashSet<>();

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Name the file of the organisations.");
            System.exit(2);
        }
        var conversion = new OrganisationsToNdjson();
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (var organisation : JSON.readTree(Path.of(args[0]))) {
            out.print(conversion.line(organisation));
            out.print('\n');
        }
        out.flush();
        if (out.checkError()) {
            throw new IOException("The lines could not be written");
        }
    }

    private String line(JsonNode organisation) {
        var name = organisation.path("name").asString("");
        var country = organisation.path("alpha_two_code").asString("");
        Set<String> domains = new LinkedHashSet<>();
        organisation.path("domains").forEach(domain -> domains.add(domain.asString()));

        var line = JsonNodeFactory.instance.objectNode();
        line.put("tenantId", tenantId(name, domains, country));
        line.set("business", business(organisation, name, country));
        line.put("plan", "standard");
        var origins = line.putArray("allowedOrigins");
        domains.forEach(domain -> origins.add("https://" + domain));
        var labels = line.putObject("labels").put("source", "organisations");
        putText(labels, "state-province", organisation.path("state-province"));
        return JSON.writeValueAsString(line);
    }

    private static ObjectNode business(JsonNode organisation, String name, String country) {
        var business = JsonNodeFactory.instance.objectNode().put("name", name);
        putText(business, "website", organisation.path("web_pages").path(0));
        if (!country.isEmpty()) {
            business.put("country", country);
        }
        return business;
    }

    private static void putText(ObjectNode target, String key, JsonNode value) {
        if (value.isString()) {
            target.put(key, value.stringValue());
        }
    }

    /** The slug of the name, else of the first domain; where it is taken, with the country, then with a number. */
    private String tenantId(String name, Set<String> domains, String country) {
        var slug = slug(name);
        if (slug.length() < TenantId.MIN_LENGTH) {
            slug = domains.stream().findFirst().map(OrganisationsToNdjson::slug).orElse("");
        }
        if (slug.length() < TenantId.MIN_LENGTH) {
            slug = "organisation";
        }
        var candidate = slug;
        for (var i = 1; !taken.add(candidate); i++) {
            var suffix = i == 1 && !country.isEmpty() ? slug(country) : Integer.toString(i);
            candidate = cut(slug, TenantId.MAX_LENGTH - 1 - suffix.length()) + "-" + suffix;
        }
        return new TenantId(candidate).value();
    }

    private static String slug(String text) {
        var ascii = TO_ASCII.transliterate(text).toLowerCase(Locale.ROOT);
        var words = ascii.replaceAll("['`\u2018\u2019\u02b9\u02bc\u02be\u02bf]", "").replaceAll("[^a-z0-9]+", "-");
        return cut(words.replaceAll("^-|-$", ""), TenantId.MAX_LENGTH);
    }

    /** Shortens a slug, at the end of a word where that leaves at least half. */
    private static String cut(String slug, int length) {
        if (slug.length() <= length) {
            return slug;
        }
        var end = slug.charAt(length) == '-' ? length : slug.lastIndexOf('-', length);
        return slug.substring(0, end > length / 2 ? end : length).replaceAll("-$", "");
    }
}
