package com.misybot.tenancy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/** The rules of the house. Each has a class in {@code violation} that breaks it. */
final class HouseRules {

    static final Map<String, ArchRule> ALL = new LinkedHashMap<>();

    static {
        rule(
                "no second jackson",
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                        .because("there is one JSON library, Jackson 3; what drags Jackson 2 in keeps it to itself"));
        rule(
                "no names that say little",
                noClasses()
                        .that()
                        .areNotAssignableTo(TransactionManager.class)
                        .should()
                        .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO)$")
                        .because("a name says what a thing is in the words of the domain"));
        rule(
                "no bag packages",
                noClasses()
                        .should()
                        .resideInAnyPackage("..util..", "..common..", "..dto..", "..impl..", "..config..", "..helper..")
                        .because("somebody who lists the packages must be able to guess the product"));
        rule(
                "faces stay inside",
                classes()
                        .that(describe("controllers, repositories and listeners", HouseRules::isFace))
                        .should(not(haveModifier(JavaModifier.PUBLIC)))
                        .because("nobody calls them by name"));
        rule(
                "no field injection",
                noFields()
                        .should()
                        .beAnnotatedWith(Autowired.class)
                        .because("what a class needs stands in its constructor"));
        rule(
                "no transaction without a scope",
                noMethods()
                        .should()
                        .beAnnotatedWith(Transactional.class)
                        .orShould()
                        .beDeclaredInClassesThat()
                        .areAnnotatedWith(Transactional.class)
                        .because("a scope is bound before a transaction begins: ScopedTransactions does both"));
        rule(
                "time and chance are injected",
                noClasses()
                        .that()
                        .resideOutsideOfPackages("..kernel..", "..embedded..")
                        .should()
                        .callMethodWhere(describe(
                                "the clock of the machine or randomness of its own", HouseRules::isTimeOrChance))
                        .orShould()
                        .callConstructorWhere(describe(
                                "makes randomness of its own",
                                (JavaCall<?> call) -> call.getTargetOwner().isAssignableTo(Random.class)))
                        .because("tests set the clock, and there is one SecureRandom"));
        rule(
                "entities have no setters",
                noMethods()
                        .that()
                        .areDeclaredInClassesThat()
                        .areAnnotatedWith(Entity.class)
                        .should()
                        .haveNameMatching("set[A-Z].*")
                        .because("an aggregate guards itself"));
        rule(
                "fields of entities are private",
                fields().that()
                        .areDeclaredInClassesThat()
                        .areAnnotatedWith(Entity.class)
                        .and()
                        .areNotStatic()
                        .should()
                        .bePrivate()
                        .because("an aggregate guards itself"));
        rule(
                "entities stay in their module",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..tenant..")
                        .should()
                        .dependOnClassesThat(resideInAPackage("..tenancy.tenant..")
                                .and(describe("entities", type -> type.isAnnotatedWith(Entity.class))))
                        .because("other modules hold a TenantId, never a Tenant"));
        rule(
                "handlers return no entities",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .areAnnotatedWith(RestController.class)
                        .should()
                        .notHaveRawReturnType(describe("an entity", type -> type.isAnnotatedWith(Entity.class)))
                        .because("each boundary has a shape of its own"));
        rule(
                "engines stay embedded",
                noClasses()
                        .that()
                        .resideOutsideOfPackage("..embedded..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.zonky..", "redis.embedded..", "de.bwaldvogel..")
                        .because("the production jar carries no engine"));
    }

    private HouseRules() {}

    static ArchRule named(String name) {
        return Objects.requireNonNull(ALL.get(name));
    }

    private static void rule(String name, ArchRule rule) {
        ALL.put(name, rule.allowEmptyShould(true));
    }

    private static boolean isFace(JavaClass type) {
        return type.isAnnotatedWith(RestController.class)
                || type.isAssignableTo(Repository.class)
                || type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(EventListener.class));
    }

    private static boolean isTimeOrChance(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        var name = call.getName();
        var takesNoClock = call.getTarget().getRawParameterTypes().isEmpty();
        return (owner.getPackageName().equals("java.time") && name.equals("now") && takesNoClock)
                || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
                || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
                || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"));
    }
}
