package com.misybot.tenancy.event;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.TenancyApplication;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

/** Every type that a module may publish is declared, and what is published is as its schema says. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class EventTypesTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ApplicationContext context;
    private final EventCatalogue catalogue;
    private final JdbcTemplate owner;
    private final Api api;

    EventTypesTests(
            ApplicationContext context, EventCatalogue catalogue, @Qualifier("ownerDataSource") DataSource owner) {
        this.context = context;
        this.catalogue = catalogue;
        this.owner = new JdbcTemplate(owner);
        this.api = Api.operator(context);
    }

    @Test
    void everyTypeThatIsAConstantOfAPublisherIsDeclared() throws IllegalAccessException {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackagesOf(TenancyApplication.class);
        var constants = new TreeSet<String>();
        for (var type : classes) {
            if (namesTypes(type)) {
                constants.addAll(constants(type));
            }
        }

        assertThat(constants).hasSizeGreaterThan(20);
        assertThat(catalogue.all().stream().map(EventType::name)).containsExactlyInAnyOrderElementsOf(constants);
    }

    @Test
    void everyModuleThatPublishesDeclaresTypes() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackagesOf(TenancyApplication.class);
        var publishing = classes.stream()
                .filter(type -> type.getConstructorCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Change.class)))
                .map(EventTypesTests::module)
                .collect(Collectors.toCollection(TreeSet::new));
        var declaring = declaring(classes);

        assertThat(publishing).hasSizeGreaterThan(5);
        assertThat(declaring.stream().map(EventTypesTests::module)).containsAll(minus(publishing, "context"));
        assertThat(catalogue.find("quota.approached"))
                .as("context publishes a type that tenant declares")
                .isPresent();
    }

    @Test
    void whatIsPublishedIsAsItsSchemaSays() {
        var slug = freeSlug();
        api.post("/tenants", Api.tenant(slug));
        var path = "/tenants/" + slug;
        api.patch(path, "{\"business\":{\"name\":\"Acme Two\"}}", "If-Match", "*");
        api.post(path + "/suspend", "{\"reason\":\"r\"}");
        api.post(path + "/resume", "{}");
        api.post(path + "/deactivate", "{\"reason\":\"r\"}");
        api.post(path + "/activate", "{}");
        api.put(
                path + "/limits",
                "{\"sessions\":7}",
                "If-Match",
                api.get(path + "/limits").header("ETag"));
        api.post(path + "/secrets", "{}");
        api.delete(path, "If-Match", "*", "X-Reason", "r");
        api.post(path + "/restore", "{}");
        var registry = SchemaRegistry.withDialect(Dialects.getDraft202012(), _ -> {});

        record Row(String type, String data) {}
        var rows = owner.query(
                "select type, data from event", (row, _) -> new Row(row.getString("type"), row.getString("data")));

        var published = rows.stream().map(Row::type).collect(Collectors.toSet());
        assertThat(published)
                .contains(
                        "tenant.created",
                        "tenant.updated",
                        "tenant.suspended",
                        "tenant.resumed",
                        "tenant.deactivated",
                        "tenant.activated",
                        "secret.rotated",
                        "tenant.deletion_scheduled",
                        "tenant.restored");
        assertThat(published)
                .allSatisfy(type -> assertThat(catalogue.find(type)).as(type).isPresent());
        assertThat(rows).allSatisfy(row -> {
            var type = catalogue.find(row.type()).orElseThrow();
            var schema = registry.getSchema(catalogue.schema(type));
            var data = JSON.readTree(row.data());
            assertThat(schema.validate(data)).as(row.toString()).isEmpty();
            assertThat(catalogue.schema(type).get("properties").propertyNames()).containsAll(data.propertyNames());
        });
        assertThat(registry.getSchema(catalogue.schema(
                                catalogue.find("tenant.suspended").orElseThrow()))
                        .validate(JSON.readTree(
                                "{\"actor\":{\"kind\":\"operator\"},\"fields\":[],\"status\":\"Mrs. Smith\"}")))
                .as("the schemas refuse something")
                .isNotEmpty();
    }

    private List<JavaClass> declaring(JavaClasses classes) {
        var beans = context.getBeansOfType(EventTypes.class).values().stream()
                .map(bean -> bean.getClass().getName())
                .collect(Collectors.toSet());
        return classes.stream().filter(type -> beans.contains(type.getName())).toList();
    }

    /** The publishers themselves, and the lists of constants beside them. */
    private static boolean namesTypes(JavaClass type) {
        return type.getSimpleName().endsWith("Changes")
                || type.getSimpleName().equals("Quota")
                || type.getConstructorCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Change.class));
    }

    private static Set<String> constants(JavaClass type) throws IllegalAccessException {
        var constants = new TreeSet<String>();
        for (var field : type.getFields()) {
            if (field.getModifiers().contains(JavaModifier.FINAL)
                    && field.getModifiers().contains(JavaModifier.STATIC)
                    && field.getRawType().isEquivalentTo(String.class)
                    && !field.getName().contains("KIND")) {
                var constant = field.reflect();
                constant.setAccessible(true);
                var text = (String) constant.get(null);
                if (text.matches(EventType.PATTERN)) {
                    constants.add(text);
                }
            }
        }
        return constants;
    }

    private static String module(JavaClass type) {
        var rest = type.getPackageName()
                .substring(TenancyApplication.class.getPackageName().length() + 1);
        return rest.replaceAll("\\..*", "");
    }

    private static Set<String> minus(Set<String> modules, String one) {
        var rest = new TreeSet<>(modules);
        rest.remove(one);
        return rest;
    }
}
