package com.misybot.tenancy.security.access;

import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.kernel.Reach;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * All that a caller is trusted with. Nobody gives away more than that: a key that could make a wider one would be that wider
 * key.
 *
 * @param scopes what it may do
 * @param reach to which tenants
 * @param networks from which networks; empty where it may come from anywhere
 * @param audiences for which audiences it may ask signed contexts; {@link Audience#ANY} among them is all
 */
public record Authority(Set<AccessScope> scopes, Reach reach, List<Network> networks, Set<String> audiences) {

    /** The request attribute where the authority of the caller is found. */
    public static final String ATTRIBUTE = "com.misybot.tenancy.security.access.Authority";

    public Authority {
        scopes = Set.copyOf(scopes);
        networks = List.copyOf(networks);
        audiences = Set.copyOf(audiences);
    }

    /** Without any audience. */
    public Authority(Set<AccessScope> scopes, Reach reach, List<Network> networks) {
        this(scopes, reach, networks, Set.of());
    }

    /** Whether every scope of the other is one of these. */
    public boolean coversScopes(Authority other) {
        return scopes.containsAll(other.scopes);
    }

    /** Whether every tenant the other can ever reach is within this reach. */
    public boolean coversReach(Authority other) {
        return narrows(reach.tenants(), other.reach.tenants())
                && other.reach.labels().entrySet().containsAll(reach.labels().entrySet())
                && narrows(reach.plans(), other.reach.plans())
                && narrows(reach.regions(), other.reach.regions());
    }

    /** Whether the other can come from nowhere else. */
    public boolean coversNetworks(Authority other) {
        return networks.isEmpty()
                || (!other.networks.isEmpty()
                        && other.networks.stream()
                                .allMatch(theirs -> networks.stream().anyMatch(ours -> ours.covers(theirs))));
    }

    /** Whether every audience of the other is one of these. */
    public boolean coversAudiences(Authority other) {
        return audiences.contains(Audience.ANY) || audiences.containsAll(other.audiences);
    }

    private static boolean narrows(Collection<?> ours, Collection<?> theirs) {
        return ours.isEmpty() || (!theirs.isEmpty() && ours.containsAll(theirs));
    }
}
