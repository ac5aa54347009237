-- Every way in which roles, functions and what is granted by default fail to keep tenants apart, one sentence a row; nothing where all is
-- well.
with roles as (
    select * from pg_roles where rolname in ('tenancy_owner', 'tenancy_tenant', 'tenancy_platform', 'tenancy_keeper', 'tenancy_backup')
), logins as (
    select * from roles where rolname in ('tenancy_tenant', 'tenancy_platform', 'tenancy_keeper')
), settings as (
    -- what a new session gets: the setting of the role in this database, else that of the role, else that of the database
    select distinct on (l.rolname, setting) l.rolname, split_part(c, '=', 1) as setting, substring(c from '=(.*)$') as value,
           s.setrole <> 0 as is_of_role
    from logins l join pg_db_role_setting s on s.setrole in (0, l.oid), unnest(s.setconfig) c
    where s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database())
    order by l.rolname, setting, s.setrole = 0, s.setdatabase = 0
), limits as (
    select l.rolname, w.setting, s.value
    from logins l
    cross join (
        -- PostgreSQL before 17 cannot bound a transaction: each statement is
        select case when current_setting('server_version_num')::int >= 170000 then 'transaction_timeout' else 'statement_timeout' end
        union all values ('idle_in_transaction_session_timeout'), ('lock_timeout')) w (setting)
    left join settings s on s.rolname = l.rolname and s.setting = w.setting and s.is_of_role
), functions as (
    select p.*, p.oid::regprocedure::text as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname not in ('pg_catalog', 'information_schema')
)
select 'role ' || rolname || ' is superuser, bypasses row level security, or may make roles or databases, or replicate' from roles
where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
union all
select 'role ' || l.rolname || ' is a member of ' || g.rolname
from roles l join pg_auth_members m on m.member = l.oid join pg_roles g on g.oid = m.roleid
where not (l.rolname = 'tenancy_backup' and g.rolname = 'pg_read_all_data')
union all
select 'role ' || rolname || ' has ' || setting || ' = ' || coalesce(value, 'nothing of its own') || ', which is not between 1 ms and 30 s' from limits
where case when value ~ '^\d+$' then (value || ' ms')::interval when value ~ '^[\d.]+ *(us|ms|s|min|h|d)$' then value::interval end
    between '1 ms' and '30 s' is not true
union all
select 'role ' || rolname || ' has ' || setting || ' = ' || value || ', which binds what a transaction must bind itself' from settings
where setting like 'tenancy.%' or setting in ('role', 'session_authorization', 'session_replication_role', 'row_security')
   or (setting = 'search_path' and value <> 'public')
union all
select 'the server binds every session to tenant ' || setting from current_setting('tenancy.tenant', true) setting where setting <> ''
union all
select 'role ' || coalesce(r.rolname, 'public') || ' may set ' || a.parname
from pg_parameter_acl a cross join aclexplode(a.paracl) g left join pg_roles r on r.oid = g.grantee
where g.grantee = 0 or r.rolname in (select rolname from roles)
union all
select 'role ' || l.rolname || ' owns ' || c.oid::regclass from logins l join pg_class c on c.relowner = l.oid
union all
select 'role ' || l.rolname || ' may make things in schema ' || n.nspname from logins l, pg_namespace n
where n.nspname !~ '^pg_(toast|temp)' and has_schema_privilege(l.oid, n.oid, 'create')
union all
select 'role ' || l.rolname || ' may make schemas or temporary tables in this database' from logins l
where has_database_privilege(l.oid, current_database(), 'create') or has_database_privilege(l.oid, current_database(), 'temporary')
union all
select 'role ' || coalesce(r.rolname, 'public') || ' is granted ' || g.privilege_type || ' by default on what '
    || pg_get_userbyid(d.defaclrole) || ' makes'
from pg_default_acl d cross join aclexplode(d.defaclacl) g left join pg_roles r on r.oid = g.grantee
where g.grantee = 0 or r.rolname in (select rolname from logins)
union all
select 'functions that tenancy_owner makes may be run by everybody'
where not exists (select from pg_default_acl where defaclobjtype = 'f' and defaclnamespace = 0 and pg_get_userbyid(defaclrole) = 'tenancy_owner')
union all
select 'function ' || proname || ' runs with the rights of its owner' from functions where prosecdef
union all
select 'function ' || proname || ' is called leakproof, and may see rows before their policies do' from functions where proleakproof
union all
select 'function current_tenant() is not the one that this service made'
where not exists (
    select from functions f join pg_language l on l.oid = f.prolang
    where f.signature = 'current_tenant()' and l.lanname = 'sql' and f.provolatile = 's' and not f.prosecdef and f.proconfig is null
      and pg_get_function_sqlbody(f.oid) = 'RETURN (current_setting(''tenancy.tenant''::text))::uuid')
order by 1
