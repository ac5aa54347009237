package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.Profile;
import jakarta.persistence.Embeddable;
import java.util.LinkedHashSet;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * What a tenant is sorted and found by; nothing of it is told. The contact fields have no part in it.
 *
 * @param nameKey the name, folded
 * @param originHosts the hosts of the allowed origins
 * @param searchName the words of the name, with a space between two
 * @param searchText the words of name, tenantId, siteId and hosts, each once, with a space around each
 */
@Embeddable
record FoundBy(
        String nameKey, @JdbcTypeCode(SqlTypes.ARRAY) List<String> originHosts, String searchName, String searchText) {

    static FoundBy of(TenantId tenantId, SiteId siteId, Profile profile) {
        var name = profile.business().name();
        var hosts = SearchKeys.hosts(profile.allowedOrigins());
        var words = new LinkedHashSet<>(SearchKeys.words(name));
        words.addAll(SearchKeys.words(tenantId.value()));
        words.addAll(SearchKeys.words(siteId.value()));
        hosts.forEach(host -> words.addAll(SearchKeys.hostWords(host)));
        return new FoundBy(SearchKeys.sortKey(name), hosts, SearchKeys.line(name), ' ' + String.join(" ", words) + ' ');
    }
}
