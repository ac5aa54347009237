create table secret_rotation_result (
    tenant uuid not null references tenant (id),
    operation uuid not null,
    tenant_id text collate "C" not null,
    status text collate "C" not null check (status in ('ROTATED', 'FAILED')),
    secret_id text collate "C",
    jwe text collate "C",
    code text collate "C",
    recorded_at timestamptz(6) not null default now(),
    primary key (tenant, operation),
    check ((status = 'ROTATED') = (secret_id is not null and jwe is not null)),
    check ((status = 'FAILED') = (code is not null))
);

comment on table secret_rotation_result is
    'tenant-owned by=tenant. What came of one tenant in the rotation of many; the new secret is encrypted to the key of who asked.';

-- Read as a whole, in the order in which tenants are worked on.
create index secret_rotation_result_operation on secret_rotation_result (operation, tenant);

grant select, insert, delete on secret_rotation_result to tenancy_tenant;
grant select on secret_rotation_result to tenancy_platform;
