-- Every way in which the catalogue of this database fails to keep tenants apart, one sentence a row; nothing where all is well.
-- Exceptions to "the tenant in every key" stand in `exempt` and nowhere else.
with exempt (relation, key) as (
    values ('tenant', 'tenant_plan_fkey')
), roles as (
    select * from pg_roles where rolname in ('tenancy_owner', 'tenancy_tenant', 'tenancy_platform', 'tenancy_keeper', 'tenancy_backup')
), logins as (
    select * from roles where rolname in ('tenancy_tenant', 'tenancy_platform', 'tenancy_keeper')
), limits as (
    -- what a new session gets: the setting of the role in this database, else that of the role
    select l.rolname, w.setting, (
        select substring(c from '=(.*)$') from pg_db_role_setting s, unnest(s.setconfig) c
        where s.setrole = l.oid and starts_with(c, w.setting || '=')
          and (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database()))
        order by s.setdatabase = 0 limit 1) as value
    from logins l, (values ('transaction_timeout'), ('idle_in_transaction_session_timeout'), ('lock_timeout')) w (setting)
), tables as (
    select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, obj_description(c.oid, 'pg_class') as comment,
           substring(obj_description(c.oid, 'pg_class') from '^tenant-owned [^.]*\mby=(\w+)') as owned_by
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
), owned as (
    select t.*, a.attnum as owned_by_column
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attname = t.owned_by
), granted as (
    -- on the whole of it, or on a column
    select c.relname, c.relkind, c.reloptions, g.what, g.privilege_type, r.rolname
    from pg_class c
    cross join lateral (
        select c.relname::text as what, grantee, privilege_type from aclexplode(c.relacl)
        union all
        select c.relname || '.' || a.attname, acl.grantee, acl.privilege_type
        from pg_attribute a, aclexplode(a.attacl) acl where a.attrelid = c.oid
    ) g
    left join pg_roles r on r.oid = g.grantee
    where c.relnamespace = 'public'::regnamespace and (g.grantee = 0 or r.rolname in (select rolname from logins))
), guarded as (
    -- tables that are nothing without row level security: tenants' own, those with policies of their own, those a tenant writes
    select t.* from tables t
    where t.oid in (select oid from owned)
       or exists (select from pg_policy p where p.polrelid = t.oid)
       or exists (select from granted g where g.relname = t.relname and g.rolname = 'tenancy_tenant'
                    and g.privilege_type in ('INSERT', 'UPDATE', 'DELETE'))
)
select 'role ' || rolname || ' is superuser, bypasses row level security, or may make roles or databases, or replicate' from roles
where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
union all
select 'role ' || l.rolname || ' is a member of ' || g.rolname
from logins l join pg_auth_members m on m.member = l.oid join pg_roles g on g.oid = m.roleid
union all
select 'role ' || rolname || ' has ' || setting || ' = ' || coalesce(value, 'nothing of its own') || ', which is not between 1 ms and 30 s' from limits
where case when value ~ '^\d+$' then (value || ' ms')::interval when value ~ '^[\d.]+ *(us|ms|s|min|h|d)$' then value::interval end
    between '1 ms' and '30 s' is not true
union all
select 'role ' || l.rolname || ' owns ' || c.relname from logins l join pg_class c on c.relowner = l.oid
union all
select 'table ' || relname || ' does not say in its comment whose it is' from tables
where comment is null or comment !~ '^(tenant-owned by=\w+( platform=insert)?( keeper=delete)?\.|platform\.)'
union all
select 'table ' || relname || ' has row level security disabled or not forced' from guarded where not (relrowsecurity and relforcerowsecurity)
union all
select 'table ' || o.relname || ' has no policy for the tenant role' from owned o
where not exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = o.relname and p.roles = '{tenancy_tenant}')
union all
select 'policy ' || p.policyname || ' on ' || o.relname || ' lets a tenant beyond its own rows'
from owned o join pg_policies p on p.schemaname = 'public' and p.tablename = o.relname
where p.roles && array['tenancy_tenant', 'public']::name[]
  and (p.permissive <> 'PERMISSIVE'
    or p.qual is distinct from format('(%s = ( SELECT current_tenant() AS current_tenant))', o.owned_by)
    or p.with_check is distinct from p.qual)
union all
select 'policy ' || p.policyname || ' on ' || t.relname || ' lets a tenant in without asking which one it is'
from tables t join pg_policies p on p.schemaname = 'public' and p.tablename = t.relname
where t.oid not in (select oid from owned) and p.roles && array['tenancy_tenant', 'public']::name[]
  and (p.qual !~ '\mcurrent_tenant\(\)' or p.with_check !~ '\mcurrent_tenant\(\)')
union all
select 'policy ' || p.policyname || ' on ' || o.relname || ' lets the platform role change rows'
from owned o join pg_policies p on p.schemaname = 'public' and p.tablename = o.relname
where 'tenancy_platform' = any (p.roles) and p.cmd not in ('SELECT', 'INSERT')
union all
select 'key ' || i.indexrelid::regclass || ' on ' || o.relname || ' does not begin with the tenant'
from owned o join pg_index i on i.indrelid = o.oid
where (i.indisprimary or i.indisunique) and i.indkey[0] <> o.owned_by_column
union all
select 'foreign key ' || k.conname || ' on ' || o.relname || ' does not carry the tenant'
from owned o join pg_constraint k on k.conrelid = o.oid and k.contype = 'f'
where not o.owned_by_column = any (k.conkey)
  and not exists (select from exempt e where e.relation = o.relname and e.key = k.conname)
union all
select 'role ' || coalesce(rolname, 'public') || ' is granted ' || privilege_type || ' on ' || what from granted
where privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN') or rolname is null
union all
select 'role tenancy_platform may ' || g.privilege_type || ' ' || g.what from granted g join owned o using (relname)
where g.rolname = 'tenancy_platform' and g.privilege_type in ('UPDATE', 'DELETE')
union all
select distinct 'sequence, view or materialized view ' || relname || ' is granted to a role of the service' from granted
where relkind in ('S', 'm') or (relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false))
union all
select 'function ' || p.proname || ' runs with the rights of its owner' from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.prosecdef
order by 1
