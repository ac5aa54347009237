-- Long work of every module: what it is, how far it is, how it ended.

create table operation (
    tenant uuid not null,
    id uuid not null,
    kind text collate "C" not null,
    tenant_id text collate "C",
    status text collate "C" not null check (status in ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    progress_done bigint not null default 0 check (progress_done >= 0),
    progress_total bigint check (progress_total >= 0),
    steps jsonb not null default '[]',
    input jsonb,
    result jsonb,
    error jsonb,
    cancellable boolean not null,
    cancel_requested_at timestamptz(6),
    fence bigint not null default 0,
    version bigint not null,
    created_at timestamptz(6) not null,
    created_by text collate "C" not null,
    started_at timestamptz(6),
    ended_at timestamptz(6),
    primary key (tenant, id),
    constraint operation_ended check ((ended_at is not null) = (status in ('SUCCEEDED', 'FAILED', 'CANCELLED')))
);

comment on table operation is
    'tenant-owned by=tenant platform=insert. Long work. The owner is the nil UUID where the report must outlive the tenant, or where no one tenant is meant; tenant_id then still names whom it is about.';
comment on column operation.fence is
    'Version of the job row under which the present run was picked. A run with a smaller one was taken over, and its writes are refused.';

-- A caller knows the id of an operation and not its owner.
create index operation_id on operation (id);
create index operation_created on operation (created_at, id);
create index operation_status on operation (status, created_at, id);
create index operation_kind on operation (kind, created_at, id);
create index operation_tenant_id on operation (tenant_id, created_at, id);
create index operation_created_by on operation (created_by, created_at, id);
create index operation_ended on operation (ended_at) where ended_at is not null;

grant select, insert, delete on operation to tenancy_tenant;
grant update (status, progress_done, progress_total, steps, result, error, cancel_requested_at, fence, version, started_at, ended_at)
    on operation to tenancy_tenant;
grant select, insert on operation to tenancy_platform;
grant select on operation to tenancy_backup;
