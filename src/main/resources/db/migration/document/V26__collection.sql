-- Collections of documents that tenants have in MongoDB, as they were declared. What is in them is in MongoDB alone.
create table collection (
    tenant uuid not null references tenant (id),
    name text collate "C" not null check (name ~ '^[a-z][a-z0-9_]{0,47}$' and name !~ '^system'),
    generation uuid not null,
    schema text check (octet_length(schema) <= 65536),
    fields text not null check (octet_length(fields) <= 16384),
    ttl_field text collate "C",
    version bigint not null,
    dropping boolean not null default false,
    created_at timestamptz(6) not null,
    created_by text not null,
    updated_at timestamptz(6) not null,
    updated_by text not null,
    primary key (tenant, name)
);

comment on table collection is 'tenant-owned by=tenant. Collections of documents that the tenant has in MongoDB: schema, declared fields, TTL.';
comment on column collection.generation is
    'Which collection of this name it is; documents carry it, and those of another one do not exist.';
comment on column collection.dropping is 'Deleted for every caller; stays until MongoDB has dropped what was in it.';
comment on column collection.fields is 'JSON: [{"name":…,"type":…,"indexed":…}], in the order of who declared them.';

grant select, insert, delete, update (generation, schema, fields, ttl_field, version, dropping, updated_at, updated_by)
    on collection to tenancy_tenant;
