-- Tenants whose context has changed and may not be in Redis yet. A mark is written in the transaction of the change, and deleted
-- once Redis is known to have that version or a later one; a change meanwhile gives it another mark.
create table context_pending (
    tenant uuid primary key,
    mark uuid not null,
    since timestamptz(6) not null default now()
);

comment on table context_pending is 'tenant-owned by=tenant platform=insert keeper=delete. Tenants whose context Redis may not have yet.';

create index context_pending_since on context_pending (since);

grant select, insert, update (mark) on context_pending to tenancy_tenant;
grant select, insert on context_pending to tenancy_platform;
grant select, delete on context_pending to tenancy_keeper;
