package com.misybot.tenancy.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Tenants by their keys. */
interface TenantRepository extends Repository<Tenant, UUID> {

    Optional<Tenant> findById(UUID id);

    /** A purged tenant has left its slug, and another one may have it. */
    @Query("select t from Tenant t where t.tenantId = :slug and t.standing.status <> PURGED")
    Optional<Tenant> findBySlug(String slug);

    /** Several of them at once, however many with one statement. */
    @Query(nativeQuery = true, value = "select * from tenant where tenant_id = any (:slugs) and status <> 'PURGED'")
    List<Tenant> findBySlugs(String[] slugs);

    Tenant save(Tenant tenant);
}
