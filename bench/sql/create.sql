-- The statements of a registration, one tenant after the other of each client, with identifiers that grow like those of the
-- service. `run` is another number each time; `n` counts.
\set n :n + 1
begin;
select exists (select from plan where id = 'standard');
insert into name_claim (kind, name, tenant)
values ('tenant', 'pgbench-' || :run || '-' || :client_id || '-' || :n,
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid)
on conflict do nothing;
insert into name_claim (kind, name, tenant)
values ('site', 'site_pgbench' || :run || '-' || :client_id || '-' || :n,
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid)
on conflict do nothing;
insert into tenant (
    name_key, origin_hosts, external_id, name, legal_name, industry, website, contact_name, email, phone, country, locale,
    time_zone, plan, region, allowed_origins, permissions, labels, settings, active_until, search_name, search_text, site_id,
    status, status_reason, status_since, status_until, status_before, purge_at, tenant_id, version, context_version,
    session_epoch, created_at, created_by, updated_at, updated_by, id)
values (
    'acme dental', '{www.acme-dental.example,acme-dental.example}', null, 'Acme Dental', null, null,
    'https://acme-dental.example/', null, null, null, 'DE', 'de-DE', 'Europe/Berlin', 'standard', 'eu-central',
    '{https://www.acme-dental.example,https://acme-dental.example}', '{}', '{"source": "bench"}', '{}', null, 'acme dental',
    ' acme dental pgbench ' || :run || ' ' || :client_id || ' ' || :n || ' site www example ',
    'site_pgbench' || :run || '-' || :client_id || '-' || :n, 'ACTIVE', null, now(), null, null, null,
    'pgbench-' || :run || '-' || :client_id || '-' || :n, 1, 1, 1, now(), 'pgbench', now(), 'pgbench',
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid);
commit;
