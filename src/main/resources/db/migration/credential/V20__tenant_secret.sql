create table tenant_secret (
    tenant uuid not null references tenant (id),
    secret_id text collate "C" not null check (secret_id ~ '^[0-9A-Za-z]{8}$'),
    hash bytea not null check (octet_length(hash) = 32),
    version bigint not null default 1,
    created_at timestamptz(6) not null,
    created_by text not null,
    expires_at timestamptz(6),
    revoked_at timestamptz(6),
    revoked_by text,
    replaces text collate "C",
    replaced_by text collate "C",
    last_used_at timestamptz(6),
    primary key (tenant, secret_id),
    check ((revoked_at is null) = (revoked_by is null))
);

comment on table tenant_secret is
    'tenant-owned by=tenant platform=insert. What a tenant authenticates with; a secret is kept after its end, so that its id in old records stays explained.';
comment on column tenant_secret.hash is 'HMAC-SHA-256 of the token under a key that is not in the database.';
comment on column tenant_secret.created_at is
    'By the clock of the database, read under the lock of the tenant: the order in which its secrets were made.';

create index tenant_secret_listing on tenant_secret (tenant, created_at, secret_id);

grant select, insert on tenant_secret to tenancy_tenant, tenancy_platform;
grant update (expires_at, revoked_at, revoked_by, replaced_by, last_used_at, version) on tenant_secret to tenancy_tenant;
