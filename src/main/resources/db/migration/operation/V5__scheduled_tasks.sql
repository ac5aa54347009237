-- The jobs of db-scheduler, in the shape of its release 16, written in the transaction that causes them.

create table scheduled_tasks (
    task_name text collate "C" not null,
    task_instance text collate "C" not null,
    task_data bytea,
    execution_time timestamptz(6) not null,
    picked boolean not null,
    picked_by text collate "C",
    last_success timestamptz(6),
    last_failure timestamptz(6),
    consecutive_failures int,
    last_heartbeat timestamptz(6),
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);

comment on table scheduled_tasks is
    'platform. Jobs. task_instance is <uuid of the tenant>:<uuid of the change>, and policies of its own keep a tenant to its own jobs.';

create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

alter table scheduled_tasks enable row level security, force row level security;

-- A tenant adds jobs of its own and sees them, which a run needs to find out whether it is still the owner. Picking,
-- postponing and removing are the scheduler's, which works as the platform role.
create policy tenant_insert on scheduled_tasks for insert to tenancy_tenant
    with check (starts_with(task_instance, (select current_tenant())::text || ':') and not picked);
create policy tenant_select on scheduled_tasks for select to tenancy_tenant
    using (starts_with(task_instance, (select current_tenant())::text || ':'));
create policy platform_all on scheduled_tasks for all to tenancy_platform using (true) with check (true);
create policy owner_all on scheduled_tasks for all to tenancy_owner using (true) with check (true);
create policy backup_select on scheduled_tasks for select to tenancy_backup using (true);

grant insert (task_name, task_instance, task_data, execution_time, picked, version) on scheduled_tasks to tenancy_tenant;
grant select (task_name, task_instance, picked, version) on scheduled_tasks to tenancy_tenant;
grant select, insert, update, delete on scheduled_tasks to tenancy_platform;
grant select on scheduled_tasks to tenancy_backup;
