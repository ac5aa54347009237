create table bulk_move_result (
    tenant uuid not null references tenant (id),
    operation uuid not null,
    tenant_id text collate "C" not null,
    outcome text collate "C" not null check (outcome in ('MOVED', 'UNCHANGED', 'REFUSED')),
    status_before text collate "C",
    status_after text collate "C",
    code text collate "C",
    detail text,
    recorded_at timestamptz(6) not null default now(),
    primary key (tenant, operation),
    check ((outcome = 'REFUSED') = (code is not null)),
    check ((outcome = 'REFUSED') = (status_before is null and status_after is null))
);

comment on table bulk_move_result is
    'tenant-owned by=tenant. What came of one tenant when many were moved, or would have in a dry run.';

-- Read as a whole, in the order in which tenants are worked on.
create index bulk_move_result_operation on bulk_move_result (operation, tenant);

grant select, insert, delete on bulk_move_result to tenancy_tenant;
grant select on bulk_move_result to tenancy_platform;
grant select on bulk_move_result to tenancy_backup;
