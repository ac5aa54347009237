-- The roles of Misy Tenancy, and what they may do in the database this runs in.
--
-- Run it as an administrator of the server, in the database of the service, as often as you like:
--   createdb tenancy
--   PGOPTIONS="-c tenancy.owner_password=… -c tenancy.tenant_password=… -c tenancy.platform_password=…
--              -c tenancy.keeper_password=… -c tenancy.backup_password=…" psql -v ON_ERROR_STOP=1 -d tenancy -f roles.sql
--
-- A role that exists keeps its password where none is given. docs/database-roles.md has the whole story.
-- PostgreSQL 15 or later. One transaction: all of it, or nothing.
begin;

do $$
declare
  name text;
  secret text;
begin
  -- one at a time: two services may start on one server at once
  perform pg_advisory_xact_lock(hashtext('tenancy roles'));

  foreach name in array array['owner', 'tenant', 'platform', 'keeper', 'backup'] loop
    secret := nullif(current_setting(format('tenancy.%s_password', name), true), '');
    name := 'tenancy_' || name;
    if not exists (select from pg_roles where rolname = name) then
      if secret is null then
        raise exception 'There is no password for the new role %', name
          using hint = format('Give it as PGOPTIONS="-c %s_password=…".', replace(name, '_', '.'));
      end if;
      execute format('create role %I login', name);
    end if;
    if secret is not null then
      execute format('alter role %I login password %L', name, secret);
    end if;
    if exists (select from pg_roles where rolname = name
                 and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)) then
      raise exception 'The role % may do more than it must', name
        using hint = format('alter role %I nosuperuser nobypassrls nocreaterole nocreatedb noreplication', name);
    end if;
  end loop;

  -- an administrator that is no superuser (managed servers) can hand over only to a role it may become
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant tenancy_owner to %I', current_user);
  end if;
  execute format('alter database %I owner to tenancy_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to tenancy_tenant, tenancy_platform, tenancy_keeper, tenancy_backup',
                 current_database());
end
$$;

-- the owner alone makes things here
alter schema public owner to tenancy_owner;
revoke all on schema public from public;
grant usage on schema public to tenancy_tenant, tenancy_platform, tenancy_keeper, tenancy_backup;
grant pg_read_all_data to tenancy_backup;

-- No transaction of the service outlives 30 seconds: an older one would hold back the event feed and vacuum. PostgreSQL before 17
-- knows no limit of a transaction: there each statement is bounded instead, and the time between two by the second setting.
do $$
declare
  name text;
  longest constant text := case when current_setting('server_version_num')::int >= 170000 then 'transaction_timeout' else 'statement_timeout' end;
begin
  foreach name in array array['tenancy_tenant', 'tenancy_platform', 'tenancy_keeper'] loop
    execute format('alter role %I set %I = %L', name, longest, '30s');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', name, '15s');
    execute format('alter role %I set lock_timeout = %L', name, '10s');
    execute format('alter role %I set search_path = public', name);
  end loop;
end
$$;
-- Migrations may take their time, but never queue long before somebody's table.
alter role tenancy_owner set lock_timeout = '30s';
alter role tenancy_owner set search_path = public;
alter role tenancy_backup set default_transaction_read_only = on;

commit;
