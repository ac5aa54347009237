-- Every way in which tables, their policies, keys and grants fail to keep tenants apart, one sentence a row; nothing where all is well.
-- role-breaches.sql looks at roles, functions and what is granted by default. Both hold from PostgreSQL 15 on.
with recursive exempt (relation, key) as (
    -- exceptions to "the tenant in every key": here and nowhere else
    values ('tenant', 'tenant_plan_fkey')
), written (relation, command, visible, checked) as (
    -- what a tenant may do to tables of the platform, word for word: here and nowhere else
    values
    ('api_key', 'ALL', '(( SELECT current_tenant() AS current_tenant) = ''00000000-0000-0000-0000-000000000000''::uuid)', '='),
    ('plan', 'ALL', '(( SELECT current_tenant() AS current_tenant) = ''00000000-0000-0000-0000-000000000000''::uuid)', '='),
    ('plan', 'SELECT', '(( SELECT current_tenant() AS current_tenant) IS NOT NULL)', ''),
    ('event_feed', 'ALL', '(( SELECT current_tenant() AS current_tenant) = ''00000000-0000-0000-0000-000000000000''::uuid)', '='),
    ('event_feed', 'SELECT', '(( SELECT current_tenant() AS current_tenant) IS NOT NULL)', ''),
    ('signing_key', 'ALL', '(( SELECT current_tenant() AS current_tenant) = ''00000000-0000-0000-0000-000000000000''::uuid)', '='),
    ('onboarding_application', 'ALL', '(( SELECT current_tenant() AS current_tenant) = ''00000000-0000-0000-0000-000000000000''::uuid)', '='),
    ('onboarding_invitation', 'ALL', '(( SELECT current_tenant() AS current_tenant) = ''00000000-0000-0000-0000-000000000000''::uuid)', '='),
    ('onboarding_mail', 'ALL', '(( SELECT current_tenant() AS current_tenant) = ''00000000-0000-0000-0000-000000000000''::uuid)', '='),
    ('name_claim', 'INSERT', '', '(tenant = ( SELECT current_tenant() AS current_tenant))'),
    ('name_claim', 'SELECT', '((tenant = ( SELECT current_tenant() AS current_tenant)) OR (until < now()))', ''),
    ('name_claim', 'UPDATE', '((tenant = ( SELECT current_tenant() AS current_tenant)) OR (until < now()))',
     '(tenant = ( SELECT current_tenant() AS current_tenant))'),
    ('scheduled_tasks', 'INSERT', '',
     '(starts_with(task_instance, ((( SELECT current_tenant() AS current_tenant))::text || '':''::text)) AND (NOT picked))'),
    ('scheduled_tasks', 'SELECT', 'starts_with(task_instance, ((( SELECT current_tenant() AS current_tenant))::text || '':''::text))', '')
), here as (
    select c.*, c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
), lineage (oid, root) as (
    -- a partition, or another child, is what the table at the top says
    select oid, oid from here where relkind in ('r', 'p') and oid not in (select inhrelid from pg_inherits)
    union all
    select i.inhrelid, l.root from lineage l join pg_inherits i on i.inhparent = l.oid
), tables as (
    select c.oid, c.name, c.relname, c.relrowsecurity, c.relforcerowsecurity, l.oid <> l.root as is_part,
           obj_description(l.root, 'pg_class') as comment,
           substring(obj_description(l.root, 'pg_class') from '^tenant-owned [^.]*\mby=(\w+)') as owned_by
    from here c join lineage l using (oid)
    where c.name <> 'flyway_schema_history'
), owned as (
    select t.*, a.attnum as owned_by_column, a.attnotnull and a.atttypid = 'uuid'::regtype as is_certain
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attname = t.owned_by
), policies as (
    select p.polrelid as oid, p.polname as name, p.polpermissive, p.polroles,
           array(select coalesce(rolname, 'public') from unnest(p.polroles) r left join pg_roles on pg_roles.oid = r) as roles,
           case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end as command,
           coalesce(pg_get_expr(p.polqual, p.polrelid), '') as visible, coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as checked
    from pg_policy p
), granted as (
    -- on the whole of it, or on a column
    select c.oid, c.name, c.relkind, c.reloptions, g.what, g.privilege_type, r.rolname
    from here c
    cross join lateral (
        select c.name as what, grantee, privilege_type from aclexplode(c.relacl)
        union all
        select c.name || '.' || a.attname, acl.grantee, acl.privilege_type
        from pg_attribute a, aclexplode(a.attacl) acl where a.attrelid = c.oid
    ) g
    left join pg_roles r on r.oid = g.grantee
    where g.grantee = 0 or r.rolname in ('tenancy_tenant', 'tenancy_platform', 'tenancy_keeper')
), guarded as (
    -- tables that are nothing without row level security: tenants' own, those with policies of their own, those a tenant gets at
    select t.* from tables t
    where t.owned_by is not null
       or t.oid in (select oid from policies)
       or t.oid in (select oid from granted where rolname = 'tenancy_tenant')
)
select 'table ' || name || ' does not say in its comment whose it is' from tables
where comment is null or comment !~ '^(tenant-owned by=\w+( platform=insert)?( keeper=delete)?\.|platform\.)'
union all
select 'table ' || name || ' has no column ' || owned_by || ' by which it is owned' from tables
where owned_by is not null and oid not in (select oid from owned)
union all
select 'table ' || name || ' may have rows without a tenant' from owned where not is_certain
union all
select 'table ' || name || ' has row level security disabled or not forced' from guarded where not (relrowsecurity and relforcerowsecurity)
union all
select 'table ' || o.name || ' has no policy for the tenant role' from owned o
where not exists (select from policies p where p.oid = o.oid and p.roles = array['tenancy_tenant']::name[])
union all
select 'policy ' || p.name || ' on ' || o.name || ' lets a tenant beyond its own rows'
from owned o join policies p using (oid)
where p.roles && array['tenancy_tenant', 'public']::name[]
  and (not p.polpermissive
    or p.visible <> format('(%s = ( SELECT current_tenant() AS current_tenant))', o.owned_by)
    or p.checked <> p.visible)
union all
select 'policy ' || p.name || ' on ' || t.name || ' lets a tenant in without asking which one it is, or otherwise than agreed'
from tables t join policies p using (oid)
where t.owned_by is null and p.roles && array['tenancy_tenant', 'public']::name[]
  and not exists (select from written w where w.relation = t.name and w.command = p.command and p.polpermissive
    and w.visible = p.visible and p.checked = case w.checked when '=' then w.visible else w.checked end)
union all
select 'policy ' || p.name || ' on ' || o.name || ' lets the platform role change rows'
from owned o join policies p using (oid)
where 'tenancy_platform' = any (p.roles) and p.command <> 'SELECT'
  and not (p.command = 'INSERT' and o.comment ~ '^[^.]*\mplatform=insert\M')
union all
select 'policy ' || p.name || ' on ' || o.name || ' lets the keeper in'
from owned o join policies p using (oid)
where 'tenancy_keeper' = any (p.roles)
  and not (p.command in ('SELECT', 'DELETE') and o.comment ~ '^[^.]*\mkeeper=delete\M')
union all
select 'policy ' || p.name || ' on ' || o.name || ' is for ' || r.role || ', which is no role of the service'
from owned o join policies p using (oid) cross join unnest(p.roles) r (role)
where r.role not in ('tenancy_owner', 'tenancy_tenant', 'tenancy_platform', 'tenancy_keeper', 'tenancy_backup', 'public')
union all
select 'key ' || i.indexrelid::regclass || ' on ' || o.name || ' does not begin with the tenant'
from owned o join pg_index i on i.indrelid = o.oid
where (i.indisprimary or i.indisunique or i.indisexclusion) and i.indkey[0] <> o.owned_by_column
union all
select 'foreign key ' || k.conname || ' on ' || o.name || ' does not carry the tenant'
from owned o join pg_constraint k on k.conrelid = o.oid and k.contype = 'f' left join owned r on r.oid = k.confrelid
where not exists (
    select from unnest(k.conkey, k.confkey) as u (mine, theirs)
    where u.mine = o.owned_by_column and (r.oid is null or u.theirs = r.owned_by_column))
  and not exists (select from exempt e where e.relation = o.name and e.key = k.conname)
union all
select 'rule ' || w.rulename || ' on ' || t.name || ' runs with the rights of its owner'
from guarded t join pg_rewrite w on w.ev_class = t.oid
union all
select 'role ' || coalesce(rolname, 'public') || ' is granted ' || privilege_type || ' on ' || what from granted
where privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN') or rolname is null
union all
select 'role tenancy_platform may ' || g.privilege_type || ' ' || g.what from granted g join owned o using (oid)
where g.rolname = 'tenancy_platform' and g.privilege_type in ('UPDATE', 'DELETE')
union all
select distinct 'partition ' || g.name || ' is granted to a role of the service' from granted g join tables t using (oid) where t.is_part
union all
select distinct 'sequence, view or materialized view ' || name || ' is granted to a role of the service' from granted
where relkind in ('S', 'm', 'f') or (relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false))
order by 1
