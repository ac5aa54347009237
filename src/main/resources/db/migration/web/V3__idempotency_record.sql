create table idempotency_record (
    tenant uuid not null,
    request bytea not null check (octet_length(request) = 32),
    kept_at timestamptz(6) not null default now(),
    expires_at timestamptz(6) not null default now() + interval '24 hours',
    fingerprint bytea not null check (octet_length(fingerprint) = 32),
    status smallint not null check (status between 200 and 299),
    headers text not null,
    body bytea not null,
    primary key (tenant, request, kept_at)
);

comment on table idempotency_record is 'tenant-owned by=tenant platform=insert keeper=delete. Answers to requests with an Idempotency-Key, without the secrets in them, given again to whoever repeats the request within 24 hours.';
comment on column idempotency_record.request is 'Keyed digest of principal, method, path with query and key: these may be longer than an index entry.';
comment on column idempotency_record.fingerprint is 'Keyed digest of the raw body.';

create index idempotency_record_expires_at on idempotency_record (expires_at);

grant select, insert on idempotency_record to tenancy_tenant;
grant select, insert on idempotency_record to tenancy_platform;
grant select, delete on idempotency_record to tenancy_keeper;
