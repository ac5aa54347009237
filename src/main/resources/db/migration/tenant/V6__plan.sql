create table plan (
    id text collate "C" primary key check (id ~ '^[a-z0-9](-?[a-z0-9])*$' and length(id) between 2 and 32),
    name text not null,
    created_at timestamptz(6) not null default now()
);

comment on table plan is 'platform. What a tenant gets; limits and permissions come with the plans of the hot path.';

grant select on plan to tenancy_tenant, tenancy_platform;

insert into plan (id, name) values ('standard', 'Standard');
