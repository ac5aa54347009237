-- Plans are made and changed among the platform's own rows, next to the idempotency record and the audit entry of the change.
-- The tenant role does that too: while it works for a tenant, policies let it read plans and nothing else.
alter table plan enable row level security, force row level security;
create policy tenant_select on plan for select to tenancy_tenant using ((select current_tenant()) is not null);
create policy tenant_all on plan to tenancy_tenant
    using ((select current_tenant()) = '00000000-0000-0000-0000-000000000000')
    with check ((select current_tenant()) = '00000000-0000-0000-0000-000000000000');
create policy platform_select on plan for select to tenancy_platform using (true);
create policy owner_all on plan to tenancy_owner using (true) with check (true);
create policy backup_select on plan for select to tenancy_backup using (true);

-- What refers to a plan that is gone is no plan's: a foreign key decides between a deletion and an assignment at the same instant.
grant insert, delete on plan to tenancy_tenant;
grant update (name, limits, permissions, secret_scopes, version, updated_at, updated_by) on plan to tenancy_tenant;

create unique index plan_created on plan (created_at, id);
