-- What tenants are searched by, made by the aggregate from what its clients wrote: lower-case ASCII words, so that accents,
-- scripts and the locale of the database make no difference.
--   search_name  the words of the name:                                      'fundacao herminio ometto'
--   search_text  the words of name, tenantId, siteId and hosts, each once:   ' fundacao herminio ometto site 9x fho edu br '
alter table tenant
    add column search_name text collate "C",
    add column search_text text collate "C";

-- Tenants from before are found by what SQL can tell of their words, until their next change.
update tenant set
    search_name = trim(regexp_replace(lower(name), '[^a-z0-9]+', ' ', 'g')),
    search_text = regexp_replace(
        ' ' || lower(concat_ws(' ', name, tenant_id, site_id, array_to_string(origin_hosts, ' '))) || ' ', '[^a-z0-9]+', ' ', 'g');

alter table tenant
    alter column search_name set not null,
    alter column search_text set not null,
    -- the planner tries a word on so many rows to tell how common it is
    alter column search_text set statistics 500;

create index tenant_search on tenant using gin (search_text gin_trgm_ops) with (fastupdate = off);
create index tenant_search_name on tenant (search_name, id);
create index tenant_site_folded on tenant (lower(site_id), id);

-- Sorting and beginnings of a slug in one
drop index tenant_tenant_id;
create index tenant_slug on tenant (tenant_id, id);

-- A host is looked up as a whole by tenant.origin_hosts and by its beginning here: no index tells the beginnings of an array's
-- elements in order. The trigger keeps it; nothing else writes it, so it needs no foreign key.
create table tenant_host (
    tenant uuid not null,
    host text collate "C" not null,
    primary key (tenant, host)
);

comment on table tenant_host is 'tenant-owned by=tenant platform=insert. Index of tenant.origin_hosts by their beginnings, kept by a trigger.';

create index tenant_host_beginning on tenant_host (host, tenant);

grant select, insert, delete on tenant_host to tenancy_tenant;
grant select, insert on tenant_host to tenancy_platform;
grant update (search_name, search_text) on tenant to tenancy_tenant;

create function index_tenant_hosts() returns trigger
    language plpgsql
    set search_path = ''
as $$
begin
    if tg_op = 'UPDATE' then
        delete from public.tenant_host where tenant = new.id and host <> all (new.origin_hosts);
    end if;
    insert into public.tenant_host (tenant, host)
    select new.id, host from unnest(new.origin_hosts) as host
    on conflict do nothing;
    return null;
end
$$;

create trigger tenant_hosts after insert or update of origin_hosts on tenant
    for each row execute function index_tenant_hosts();

insert into tenant_host (tenant, host)
select id, host from tenant, unnest(origin_hosts) as host
on conflict do nothing;
