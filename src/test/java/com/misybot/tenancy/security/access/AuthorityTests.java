package com.misybot.tenancy.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuthorityTests {

    @Test
    void givesAwayOnlyScopesOfItsOwn() {
        var reader = scopes(AccessScope.TENANTS_READ, AccessScope.AUDIT_READ);

        assertThat(reader.coversScopes(scopes(AccessScope.TENANTS_READ))).isTrue();
        assertThat(reader.coversScopes(scopes(AccessScope.TENANTS_READ, AccessScope.ERASE)))
                .isFalse();
    }

    @Test
    void aListOfTenantsCoversAShorterOneOnly() {
        var two = tenants("acme", "bolt");

        assertThat(two.coversReach(tenants("acme"))).isTrue();
        assertThat(two.coversReach(tenants("acme", "core"))).isFalse();
        assertThat(two.coversReach(tenants())).as("no list is every tenant").isFalse();
        assertThat(tenants().coversReach(two)).isTrue();
    }

    @Test
    void aLabelCoversWhatIsBoundToItAndMore() {
        var vip = labels(Map.of("tier", "vip"));

        assertThat(vip.coversReach(labels(Map.of("tier", "vip", "team", "red"))))
                .isTrue();
        assertThat(vip.coversReach(labels(Map.of("tier", "free")))).isFalse();
        assertThat(vip.coversReach(labels(Map.of()))).isFalse();
    }

    @Test
    void everyDimensionCounts() {
        var narrow = reach(new Reach(Set.of(), Map.of(), Set.of("standard"), Set.of("eu")));

        assertThat(narrow.coversReach(reach(new Reach(Set.of(), Map.of(), Set.of("standard"), Set.of()))))
                .isFalse();
        assertThat(narrow.coversReach(reach(new Reach(Set.of(), Map.of(), Set.of(), Set.of("eu")))))
                .isFalse();
        assertThat(narrow.coversReach(
                        reach(new Reach(Set.of(new TenantId("acme")), Map.of(), Set.of("standard"), Set.of("eu")))))
                .isTrue();
    }

    @Test
    void isNotEscapedFromItsNetworks() {
        var office = networks("10.1.0.0/16", "2001:db8::/32");

        assertThat(office.coversNetworks(networks("10.1.2.0/24"))).isTrue();
        assertThat(office.coversNetworks(networks("10.1.2.0/24", "10.2.0.0/24")))
                .isFalse();
        assertThat(office.coversNetworks(networks())).isFalse();
        assertThat(networks().coversNetworks(office)).isTrue();
    }

    @Test
    void givesAwayNoAudienceThatItHasNot() {
        var two = audiences("https://chat.misybot.com", "billing");

        assertThat(two.coversAudiences(audiences("billing"))).isTrue();
        assertThat(two.coversAudiences(audiences())).isTrue();
        assertThat(two.coversAudiences(audiences("billing", "Billing"))).isFalse();
        assertThat(two.coversAudiences(audiences("*"))).isFalse();
        assertThat(audiences("*").coversAudiences(audiences("*", "billing"))).isTrue();
        assertThat(audiences().coversAudiences(audiences("billing"))).isFalse();
    }

    private static Authority audiences(String... audiences) {
        return new Authority(Set.of(), Reach.all(), List.of(), Set.of(audiences));
    }

    private static Authority scopes(AccessScope... scopes) {
        return new Authority(Set.of(scopes), Reach.all(), List.of());
    }

    private static Authority tenants(String... tenants) {
        var ids = Stream.of(tenants).map(TenantId::new).collect(Collectors.toSet());
        return reach(new Reach(ids, Map.of(), Set.of(), Set.of()));
    }

    private static Authority labels(Map<String, String> labels) {
        return reach(new Reach(Set.of(), labels, Set.of(), Set.of()));
    }

    private static Authority reach(Reach reach) {
        return new Authority(Set.of(), reach, List.of());
    }

    private static Authority networks(String... networks) {
        return new Authority(
                Set.of(), Reach.all(), Stream.of(networks).map(Network::parse).toList());
    }
}
