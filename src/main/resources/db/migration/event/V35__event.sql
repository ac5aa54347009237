-- What happened, for whoever follows it. Rows are written in the transaction of the change and never changed.
create table event (
    tenant uuid not null,
    sequence bigint not null check (sequence > 0),
    epoch integer not null,
    xid xid8 not null default pg_current_xact_id(),
    part integer not null check (part >= 0),
    id uuid not null,
    type text collate "C" not null,
    subject text not null,
    at timestamptz(6) not null,
    recorded_at timestamptz(6) not null default now(),
    data text not null,
    primary key (tenant, sequence)
);

comment on table event is
    'tenant-owned by=tenant platform=insert keeper=delete. One row for each committed change: ids, states and names of changed fields, no personal values. The nil UUID has those of the platform itself.';
comment on column event.sequence is
    'From 1, without a gap: given under the lock of the tenant. The last one of a tenant is kept for ever, so that the next is never given twice.';
comment on column event.epoch is 'Which life of the database: transaction ids begin again where a dump is restored on another server.';
comment on column event.xid is 'The transaction that wrote it. What is older than every running transaction has an order that nothing overtakes.';
comment on column event.part is 'Which event of its transaction, from 0.';
comment on column event.data is 'JSON, the data of the event as it is delivered.';

-- The order of the feed, which is the order of retention too. It begins with no tenant, so it is not unique.
create index event_feed_order on event (epoch, xid, part);

-- xid and recorded_at are not theirs to say.
grant select, insert (tenant, sequence, epoch, part, id, type, subject, at, data) on event to tenancy_tenant, tenancy_platform;
grant select, delete on event to tenancy_keeper;
grant select on event to tenancy_backup;

create table event_feed (
    only_one boolean primary key default true check (only_one),
    epoch integer not null default 1,
    pruned_epoch integer not null default 0,
    pruned_xid xid8 not null default '0',
    pruned_part integer not null default 0
);

comment on table event_feed is 'platform. How the feed of all events stands: its epoch, and up to where events may be deleted already.';

insert into event_feed default values;

-- Changed among the platform's own rows. Every tenant reads the epoch, to write its events in it.
alter table event_feed enable row level security, force row level security;
create policy tenant_select on event_feed for select to tenancy_tenant using ((select current_tenant()) is not null);
create policy tenant_all on event_feed to tenancy_tenant
    using ((select current_tenant()) = '00000000-0000-0000-0000-000000000000')
    with check ((select current_tenant()) = '00000000-0000-0000-0000-000000000000');
create policy platform_select on event_feed for select to tenancy_platform using (true);
create policy owner_all on event_feed to tenancy_owner using (true) with check (true);
create policy backup_select on event_feed for select to tenancy_backup using (true);

grant select, update (epoch, pruned_epoch, pruned_xid, pruned_part) on event_feed to tenancy_tenant;
grant select on event_feed to tenancy_platform;
grant select on event_feed to tenancy_backup;
