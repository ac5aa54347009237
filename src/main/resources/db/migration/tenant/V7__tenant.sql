-- Names of tenants, live and quarantined, in one place. Whoever inserts a (kind, name) first has it; a name whose `until`
-- has passed is taken over by update. `name` is canonical: the slug and the siteId as they are, the externalId in NFKC_Casefold.
create table name_claim (
    kind text collate "C" not null check (kind in ('tenant', 'site', 'external')),
    name text collate "C" not null,
    tenant uuid not null,
    until timestamptz(6),
    primary key (kind, name)
);

comment on table name_claim is 'platform. Who has a tenantId, a siteId or an externalId; until is null while it is in use.';

create table tenant (
    id uuid primary key,
    tenant_id text collate "C" not null,
    site_id text collate "C" not null,
    external_id text collate "C",
    name text collate "C" not null,
    name_key text collate "C" not null,
    legal_name text,
    industry text,
    website text,
    contact_name text,
    email text,
    phone text,
    country text collate "C",
    locale text collate "C",
    time_zone text collate "C",
    plan text collate "C" not null references plan (id),
    region text collate "C" not null,
    allowed_origins text[] not null,
    origin_hosts text[] collate "C" not null,
    permissions text[] not null,
    labels jsonb not null,
    settings text not null check (octet_length(settings) <= 16384),
    status text collate "C" not null check (status in (
        'PENDING', 'PROVISIONING', 'PROVISIONING_FAILED', 'ACTIVE', 'SUSPENDED', 'DEACTIVATED',
        'PENDING_DELETION', 'PURGING', 'PURGED')),
    status_reason text,
    status_since timestamptz(6) not null,
    status_until timestamptz(6),
    status_before text collate "C",
    active_until timestamptz(6),
    purge_at timestamptz(6) check (purge_at is not null or status <> 'PENDING_DELETION'),
    version bigint not null,
    context_version bigint not null,
    session_epoch bigint not null,
    created_at timestamptz(6) not null,
    created_by text not null,
    updated_at timestamptz(6) not null,
    updated_by text not null
);

comment on table tenant is 'tenant-owned by=id platform=insert. A business of the platform; name_key is its name in NFKC_Casefold, origin_hosts the hosts of its origins.';

-- Names are unique by their claims. Each key of a list ends in id, so that page 10,000 costs what page 1 costs.
create index tenant_tenant_id on tenant (tenant_id text_pattern_ops);
create index tenant_site_id on tenant (site_id);
create index tenant_external_id on tenant (external_id) where external_id is not null;
create index tenant_created on tenant (created_at, id);
create index tenant_updated on tenant (updated_at, id);
create index tenant_name on tenant (name_key, id);
create index tenant_status on tenant (status, id);
create index tenant_plan on tenant (plan, id);
create index tenant_region on tenant (region, id);
create index tenant_country on tenant (country, id);
create index tenant_labels on tenant using gin (labels jsonb_path_ops) with (fastupdate = off);
create index tenant_origin_hosts on tenant using gin (origin_hosts) with (fastupdate = off);

-- The hash of a secret issued by the system a tenant comes from: accepted until its first use or the day it lapses.
create table legacy_secret (
    tenant uuid primary key references tenant (id),
    algorithm text collate "C" not null,
    hash text collate "C" not null,
    until timestamptz(6) not null
);

comment on table legacy_secret is 'tenant-owned by=tenant platform=insert. What a migrated tenant still authenticates with.';

grant select, insert on tenant to tenancy_platform;
grant select, insert, update (
    external_id, name, name_key, legal_name, industry, website, contact_name, email, phone, country, locale, time_zone,
    plan, region, allowed_origins, origin_hosts, permissions, labels, settings,
    status, status_reason, status_since, status_until, status_before, active_until, purge_at,
    version, context_version, session_epoch, updated_at, updated_by) on tenant to tenancy_tenant;
grant select, insert on legacy_secret to tenancy_tenant, tenancy_platform;

-- A claim is made by whoever creates or renames; only the tenant that has one gives it up; a lapsed one is anybody's.
alter table name_claim enable row level security, force row level security;
create policy owner_all on name_claim to tenancy_owner using (true) with check (true);
create policy backup_select on name_claim for select to tenancy_backup using (true);
create policy platform_select on name_claim for select to tenancy_platform using (true);
create policy platform_insert on name_claim for insert to tenancy_platform with check (true);
create policy platform_take_over on name_claim for update to tenancy_platform using (until < now()) with check (until is null);
create policy tenant_select on name_claim for select to tenancy_tenant using (tenant = (select current_tenant()) or until < now());
create policy tenant_insert on name_claim for insert to tenancy_tenant with check (tenant = (select current_tenant()));
create policy tenant_update on name_claim for update to tenancy_tenant
    using (tenant = (select current_tenant()) or until < now()) with check (tenant = (select current_tenant()));
grant select, insert, update (tenant, until) on name_claim to tenancy_tenant, tenancy_platform;
