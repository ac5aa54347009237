-- Who is told of events by HTTP, and each message to them.
create table webhook (
    tenant uuid not null,
    id uuid not null,
    url text not null check (octet_length(url) <= 2048),
    types text[] not null check (cardinality(types) between 1 and 100),
    description text check (char_length(description) <= 500),
    enabled boolean not null,
    disabled_because text collate "C" check (disabled_because in ('CALLER', 'GONE', 'FAILING')),
    secret bytea not null,
    secret_number int not null check (secret_number > 0),
    previous_secret bytea,
    previous_until timestamptz(6),
    failing_since timestamptz(6),
    rests int not null default 0 check (rests >= 0),
    rests_until timestamptz(6),
    version bigint not null,
    created_at timestamptz(6) not null,
    created_by text not null,
    updated_at timestamptz(6) not null,
    updated_by text not null,
    primary key (tenant, id),
    check (enabled = (disabled_because is null)),
    check ((previous_secret is null) = (previous_until is null))
);

comment on table webhook is 'tenant-owned by=tenant. Who is told of events by HTTP; those of the nil UUID are told of every tenant''s.';
comment on column webhook.secret is 'Sealed by the keyring for <tenant>:<id>:<secret_number>; the previous one for the number before.';
comment on column webhook.failing_since is 'Since when no message has been accepted, though some were sent.';
comment on column webhook.rests_until is 'Nothing is sent until then, because nobody answered; rests counts how often that was so in a row.';

create table webhook_delivery (
    tenant uuid not null,
    webhook uuid not null,
    id uuid not null,
    event_tenant uuid not null,
    sequence bigint not null,
    event uuid not null,
    type text collate "C" not null,
    body text check (octet_length(body) <= 65536),
    state text collate "C" not null check (state in ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
    attempt int not null default 0 check (attempt >= 0),
    next_at timestamptz(6),
    status int,
    latency_ms int,
    error text collate "C",
    created_at timestamptz(6) not null,
    attempted_at timestamptz(6),
    primary key (tenant, webhook, id),
    foreign key (tenant, webhook) references webhook (tenant, id) on delete cascade,
    check (state <> 'PENDING' or (attempt > 0) = (next_at is not null))
);

comment on table webhook_delivery is 'tenant-owned by=tenant. One message to one webhook, and how its last attempt went.';
comment on column webhook_delivery.id is 'That of the event for the first message about it, a UUIDv7 of its own for a repeated one and a test.';
comment on column webhook_delivery.sequence is 'Of the event among those of event_tenant; 0 for a test, which has a body in its place.';

-- Two lanes: what is sent for the first time goes in the order of the events, what is repeated goes when it is due.
create index webhook_delivery_first on webhook_delivery (tenant, webhook, sequence, id) where state = 'PENDING' and attempt = 0;
create index webhook_delivery_again on webhook_delivery (tenant, webhook, next_at) where state = 'PENDING' and attempt > 0;

grant select, insert, delete on webhook to tenancy_tenant;
grant update (url, types, description, enabled, disabled_because, secret, secret_number, previous_secret, previous_until,
    failing_since, rests, rests_until, version, updated_at, updated_by) on webhook to tenancy_tenant;
grant select, insert, delete on webhook_delivery to tenancy_tenant;
grant update (state, attempt, next_at, status, latency_ms, error, attempted_at) on webhook_delivery to tenancy_tenant;
grant select on webhook, webhook_delivery to tenancy_platform;
grant select on webhook, webhook_delivery to tenancy_backup;
