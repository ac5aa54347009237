-- Webhooks of the platform: rows of the nil UUID, told of every tenant's events in the order of the feed.
alter table webhook add column since_epoch integer, add column since_xid xid8;

comment on column webhook.since_epoch is
    'A webhook of the nil UUID is told of what stands in the feed from the transaction on that made or enabled it; since_xid is that transaction.';

grant update (since_epoch, since_xid) on webhook to tenancy_tenant;

-- A message about an event of a tenant has its place by its sequence; among those of many tenants places are counted as they are told.
alter table webhook_delivery add column feed_place bigint check (feed_place > 0);
alter table webhook_delivery add column place bigint generated always as (coalesce(feed_place, sequence)) stored;

comment on column webhook_delivery.place is 'First attempts leave in this order: of sequence, or of the feed where the webhook is of the nil UUID.';

drop index webhook_delivery_first;
create index webhook_delivery_first on webhook_delivery (tenant, webhook, place, id) where state = 'PENDING' and attempt = 0;

create table webhook_feed (
    tenant uuid primary key check (tenant = '00000000-0000-0000-0000-000000000000'),
    epoch integer not null,
    xid xid8 not null,
    part integer not null,
    places bigint not null check (places >= 0)
);

comment on table webhook_feed is
    'tenant-owned by=tenant. How far the feed of all events has been told to the webhooks of the nil UUID. One row.';
comment on column webhook_feed.places is 'The last place given: moved on with the position, by the transaction that writes the messages.';

insert into webhook_feed values ('00000000-0000-0000-0000-000000000000', 0, '0', 0, 0);

grant select, update (epoch, xid, part, places) on webhook_feed to tenancy_tenant;
grant select on webhook_feed to tenancy_platform;
grant select on webhook_feed to tenancy_backup;
