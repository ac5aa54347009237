-- Where the scope of a transaction is read, and what nobody is granted by default.

create extension if not exists pg_trgm;

revoke all on schema public from public;
grant usage on schema public to tenancy_tenant, tenancy_platform, tenancy_keeper, tenancy_backup;
alter default privileges revoke execute on functions from public;

-- The tenant whose rows this transaction may touch. A missing scope raises: returning null would answer "is there no legal
-- hold?" with yes. Policies call it as a scalar sub-select, which is evaluated once a statement instead of once a row.
create function current_tenant() returns uuid
    language plpgsql stable parallel safe
    set search_path = ''
as $$
declare
    bound text := pg_catalog.current_setting('tenancy.tenant', true);
begin
    if bound is null or bound = '' then
        raise exception 'no tenant scope is bound' using errcode = 'insufficient_privilege';
    end if;
    return bound::uuid;
end
$$;

grant execute on function current_tenant() to tenancy_tenant;
