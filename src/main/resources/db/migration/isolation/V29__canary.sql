-- What the probe of isolation plants: rows of two tenants that nobody has, in a table with everything that could let one reach the
-- other. In no partition, constraint or policy does it differ from the tables of tenants.
create table canary (
    tenant uuid not null,
    name text collate "C" not null check (length(name) between 1 and 64),
    secret text not null,
    primary key (tenant, name)
) partition by hash (tenant);

create table canary_0 partition of canary for values with (modulus 2, remainder 0);
create table canary_1 partition of canary for values with (modulus 2, remainder 1);

create table canary_mark (
    tenant uuid not null,
    name text collate "C" not null,
    primary key (tenant, name),
    foreign key (tenant, name) references canary (tenant, name) on delete cascade
);

comment on table canary is 'tenant-owned by=tenant. Canaries of the probe, there for the time of a run.';
comment on table canary_0 is 'tenant-owned by=tenant. A partition of canary.';
comment on table canary_1 is 'tenant-owned by=tenant. A partition of canary.';
comment on table canary_mark is 'tenant-owned by=tenant. What would go with a canary of somebody else if a key did not carry the tenant.';

grant select, insert, update, delete on canary, canary_mark to tenancy_tenant;
