-- Makes :from to :to tenants in the style of organisations.json: few words that nearly all share, many that few have, several
-- scripts of names, two hosts for some. Deterministic. Run it as an administrator:
--   psql -d tenancy -v from=1 -v to=1000000 -f tenants.sql
\set ON_ERROR_STOP on
create temporary table kind as
select * from (values
    (0, 'University of %s'), (1, '%s University'), (2, 'University of %s'), (3, '%s University'), (4, '%s State University'),
    (5, '%s College'), (6, '%s Community College'), (7, 'Universidad de %s'), (8, '%s Institute of Technology'),
    (9, 'Université de %s'), (10, 'Fachhochschule %s'), (11, '%s Technical College'), (12, 'National University of %s'),
    (13, '%s Medical Academy'), (14, 'Fundação %s'), (15, 'Universitas %s')) as k (n, pattern);
create function pg_temp.place(seed bigint) returns text language sql immutable as $$
    select initcap(syllable[1 + abs(hashint8(seed * 3)::bigint) % 61] || syllable[1 + abs(hashint8(seed * 3 + 1)::bigint) % 61]
        || syllable[1 + abs(hashint8(seed * 3 + 2)::bigint) % 61])
    from (select string_to_array(
        'ba be bi bo bra bur ca chi cor da del don dor el fal fer ga gen gre ha hal her il jo ka kir la lan len lo mar mer mi mon na '
        'nor o ox pa per ra ri ro sal san ser sha sta ta ten tor tri ul va ven ver wal wes win ya zan', ' ')) as all_of (syllable)
$$;

create temporary table made as
select i, pg_temp.place(i % 150000) as place, abs(hashint8(i)::bigint) as h
from generate_series(:from::bigint, :to::bigint) as i;

create temporary table named as
select i, h,
    format(k.pattern, place || case when h % 3 = 0 then ' ' || pg_temp.place(h % 977) else '' end) as name,
    (array['US', 'US', 'US', 'US', 'US', 'JP', 'IN', 'CN', 'DE', 'RU', 'FR', 'KR', 'GB', 'IR', 'GR', 'BR', 'LU'])[1 + (h / 7) % 17] as country
from made join kind k on k.n = h % 16;

create temporary table ready as
select *, trim(regexp_replace(translate(lower(name), 'éçã', 'eca'), '[^a-z0-9]+', ' ', 'g')) as words, 'site_' || translate(substr(md5(i::text), 1, 20), 'abc', 'XYZ') as site
from named;

-- Indexes are made afterwards: many times as fast as keeping them.
create temporary table index_of as
select indexname as name, indexdef as definition from pg_indexes
where schemaname = 'public' and tablename in ('tenant', 'tenant_host') and indexname not like '%_pkey';
do $$
declare name text;
begin
    for name in select i.name from index_of i loop
        execute format('drop index %I', name);
    end loop;
end
$$;

alter table tenant disable trigger tenant_hosts;
insert into tenant (
    id, tenant_id, site_id, name, name_key, country, plan, region, allowed_origins, origin_hosts, permissions, labels, settings,
    status, status_since, version, context_version, session_epoch, created_at, created_by, updated_at, updated_by,
    search_name, search_text, purge_at)
select
    (lpad(to_hex(1735689600000 + i * 1000), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
    slug, site, name, lower(name), country, 'standard', case when h % 5 = 0 then 'us-east' else 'eu-central' end,
    array['https://' || slug || '.example'] || case when h % 4 = 0 then array['https://www.' || slug || '.example'] else '{}' end,
    array[slug || '.example'] || case when h % 4 = 0 then array['www.' || slug || '.example'] else '{}' end,
    '{chat.reply}', jsonb_build_object('tier', (array['gold', 'silver', 'bronze'])[1 + h % 3], 'batch', 'b' || i / 1000),
    '{}', status, at, 1, 1, 0, at, 'operator:scale', at + interval '1 hour' * (h % 5000), 'operator:scale',
    words, ' ' || words || ' ' || to_hex(i) || ' ' || regexp_replace(lower(site), '[^a-z0-9]+', ' ', 'g') || ' example '
        || case when h % 4 = 0 then 'www ' else '' end,
    case when status = 'PENDING_DELETION' then at + interval '30 days' end
from ready,
    lateral (select replace(left(words, 50), ' ', '-') || '-' || to_hex(i) as slug, timestamptz '2025-01-01 00:00:00Z' + interval '1 second' * i as at,
        (array['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'SUSPENDED', 'DEACTIVATED', 'PENDING_DELETION'])[1 + (h / 3) % 10] as status) as more;
alter table tenant enable trigger tenant_hosts;

insert into tenant_host (tenant, host)
select id, host from tenant, unnest(origin_hosts) as host
on conflict do nothing;
set maintenance_work_mem = '512MB';
do $$
declare definition text;
begin
    for definition in select i.definition from index_of i loop
        execute definition;
    end loop;
end
$$;
vacuum (analyze) tenant, tenant_host;
