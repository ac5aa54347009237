-- What a plan sets up for a tenant: collections. Text, because a schema is kept as it was written; every change is checked by the service.
alter table plan add column template text not null default '{"collections":[]}' check (octet_length(template) <= 131072);
grant update (template) on plan to tenancy_tenant;
