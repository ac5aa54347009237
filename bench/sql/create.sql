-- The statements of a registration, one tenant after the other of each client, with identifiers as those of the service: ids that
-- grow, siteIds that are random. `run` is another number each time; `n` counts. Which plans there are the service asks once a second.
\set n :n + 1
begin;
insert into name_claim (kind, name, tenant)
select kind, name, tenant
from unnest(
    '{tenant,site}'::text[],
    array[
        'pgbench-' || :run || '-' || :client_id || '-' || :n,
        'site_' || left(encode(sha256((:run || '-' || :client_id || '-' || :n)::bytea), 'hex'), 20)],
    array_fill(
        (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid,
        array[2])) as wanted (kind, name, tenant)
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
    ' acme dental pgbench ' || :run || ' ' || :client_id || ' ' || :n || ' site '
        || left(encode(sha256((:run || '-' || :client_id || '-' || :n)::bytea), 'hex'), 20) || ' www example ',
    'site_' || left(encode(sha256((:run || '-' || :client_id || '-' || :n)::bytea), 'hex'), 20),
    'ACTIVE', null, now(), null, null, null,
    'pgbench-' || :run || '-' || :client_id || '-' || :n, 1, 1, 1, now(), 'pgbench', now(), 'pgbench',
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid);
commit;
