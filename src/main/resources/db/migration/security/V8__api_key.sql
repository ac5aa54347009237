create table api_key (
    key_id text collate "C" primary key check (key_id ~ '^[0-9A-Za-z]{12}$'),
    principal text collate "C" not null check (char_length(principal) between 2 and 64),
    name text not null check (char_length(name) between 1 and 200),
    kind text not null check (kind in ('OPERATOR', 'SERVICE')),
    scopes text[] not null check (cardinality(scopes) > 0),
    reach_tenants text[] not null,
    reach_labels jsonb not null,
    reach_plans text[] not null,
    reach_regions text[] not null,
    networks text[] not null,
    hash bytea not null check (octet_length(hash) = 32),
    version bigint not null default 0,
    created_at timestamptz(6) not null,
    created_by text not null,
    expires_at timestamptz(6),
    revoked_at timestamptz(6),
    revoked_by text,
    replaces text collate "C" references api_key,
    replaced_by text collate "C" references api_key,
    last_used_at timestamptz(6),
    check ((revoked_at is null) = (revoked_by is null))
);

comment on table api_key is 'platform. Keys of operators and platform services; a key is kept after its end, so that its name in old records stays explained.';
comment on column api_key.principal is 'Who acts: stays the same when a key is rotated, and is never given to anybody else.';
comment on column api_key.hash is 'HMAC-SHA-256 of the token under a key that is not in the database.';

-- A rotated key hands its principal to its one successor; everybody else needs a new one.
create unique index api_key_principal on api_key (principal) where replaces is null;
create unique index api_key_replaces on api_key (replaces) where replaces is not null;
create unique index api_key_listing on api_key (created_at, key_id);

-- Keys are made and changed among the platform's own rows, next to the idempotency record and the audit entry of the change.
-- The tenant role does that too, so a policy keeps it away from here while it works for a tenant.
alter table api_key enable row level security;
create policy tenant_all on api_key to tenancy_tenant
    using ((select current_tenant()) = '00000000-0000-0000-0000-000000000000')
    with check ((select current_tenant()) = '00000000-0000-0000-0000-000000000000');
create policy platform_select on api_key for select to tenancy_platform using (true);
create policy platform_update on api_key for update to tenancy_platform using (true);
create policy backup_select on api_key for select to tenancy_backup using (true);

grant select, insert on api_key to tenancy_tenant;
grant update (expires_at, revoked_at, revoked_by, replaced_by, version) on api_key to tenancy_tenant;
grant select, update (last_used_at, version) on api_key to tenancy_platform;
grant select on api_key to tenancy_backup;
