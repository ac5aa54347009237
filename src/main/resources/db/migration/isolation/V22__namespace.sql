-- What a tenant has in a store where that is not told by rows of PostgreSQL alone.
create table namespace (
    tenant uuid not null references tenant (id),
    store text collate "C" not null check (store in ('redis')),
    generation bigint not null,
    password_sha256 bytea check (octet_length(password_sha256) = 32),
    issued_at timestamptz(6),
    issued_by text collate "C",
    closed_by uuid,
    primary key (tenant, store),
    check ((password_sha256 is null) = (issued_at is null)),
    check ((password_sha256 is null) = (issued_by is null))
);

comment on table namespace is
    'tenant-owned by=tenant. What a tenant has in a store: the SHA-256 of the password of its user of Redis, from which the user is made again.';
comment on column namespace.closed_by is 'The operation that empties the namespace and keeps writers out.';

grant select, insert on namespace to tenancy_tenant;
grant update (generation, password_sha256, issued_at, issued_by, closed_by) on namespace to tenancy_tenant;
grant select on namespace to tenancy_platform;
grant select on namespace to tenancy_backup;
