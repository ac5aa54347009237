-- Which version of its plan a tenant's context has been raised for; 0 where nobody knows. Applying a plan passes over those that
-- have been raised already, however often it is begun anew.
alter table tenant add column plan_version bigint not null default 0;
grant update (plan_version) on tenant to tenancy_tenant;
