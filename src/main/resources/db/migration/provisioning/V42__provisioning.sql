-- The journal of provisioning: what is set up for a tenant, by which run, how far it is, how it ended.
create table provisioning_run (
    tenant uuid not null references tenant (id),
    id uuid not null,
    state text collate "C" not null check (state in ('PENDING', 'RUNNING', 'COMPENSATING', 'SUCCEEDED', 'FAILED')),
    reason text check (length(reason) <= 500),
    created_at timestamptz(6) not null,
    created_by text collate "C" not null,
    started_at timestamptz(6),
    ended_at timestamptz(6),
    abort_requested_at timestamptz(6),
    abort_requested_by text collate "C",
    abort_reason text,
    fence bigint not null default 0,
    primary key (tenant, id),
    check ((ended_at is not null) = (state in ('SUCCEEDED', 'FAILED'))),
    check ((abort_requested_at is null) = (abort_requested_by is null))
);

comment on table provisioning_run is
    'tenant-owned by=tenant platform=insert. Runs of provisioning. The id is that of the operation that reports on the run.';
comment on column provisioning_run.fence is
    'Version of the job row under which the present owner of the run was picked. What comes with a smaller one is refused.';

-- A tenant is set up by one run at a time.
create unique index provisioning_run_open on provisioning_run (tenant) where ended_at is null;
-- What has not ended for long is looked for, among however many that have.
create index provisioning_run_age on provisioning_run (created_at) where ended_at is null;

create table provisioning_step (
    tenant uuid not null,
    run uuid not null,
    name text collate "C" not null,
    position int not null,
    state text collate "C" not null
        check (state in ('RUNNING', 'WAITING', 'COMPLETED', 'FAILED', 'COMPENSATING', 'COMPENSATED', 'LEFT')),
    attempts int not null check (attempts >= 0),
    undo_attempts int not null default 0 check (undo_attempts >= 0),
    fence bigint not null,
    started_at timestamptz(6) not null,
    ended_at timestamptz(6),
    reason text check (length(reason) <= 500),
    primary key (tenant, run, name),
    foreign key (tenant, run) references provisioning_run (tenant, id) on delete cascade
);

comment on table provisioning_step is 'tenant-owned by=tenant. Steps of runs, from their first attempt on.';

grant select, insert on provisioning_run to tenancy_tenant;
grant update (state, reason, started_at, ended_at, abort_requested_at, abort_requested_by, abort_reason, fence)
    on provisioning_run to tenancy_tenant;
grant select, insert on provisioning_run to tenancy_platform;
grant select on provisioning_run to tenancy_backup;

grant select, insert on provisioning_step to tenancy_tenant;
grant update (state, attempts, undo_attempts, fence, started_at, ended_at, reason) on provisioning_step to tenancy_tenant;
grant select on provisioning_step to tenancy_platform;
grant select on provisioning_step to tenancy_backup;
