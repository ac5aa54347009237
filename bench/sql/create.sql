-- The statements of a registration and of what comes with it (secret, operation, job, run, entry, mark and event), one tenant after the other of each client, with identifiers as those of the service: ids that
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
    'PROVISIONING', null, now(), null, null, null,
    'pgbench-' || :run || '-' || :client_id || '-' || :n, 1, 1, 1, now(), 'pgbench', now(), 'pgbench',
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid);
select now();
insert into tenant_secret (tenant, secret_id, hash, version, created_at, created_by, expires_at, replaces)
values (
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid,
    left(md5(:run || '-' || :client_id || '-' || :n), 8), sha256('pgbench'), 1, now(), 'pgbench', null, null);
insert into operation (
    tenant, id, kind, tenant_id, cancellable, created_by, created_at, input, status, progress_done, progress_total, steps, result, error,
    started_at, cancel_requested_at, ended_at, fence, version)
values (
    '00000000-0000-0000-0000-000000000000',
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid,
    'tenant.provision', 'pgbench-' || :run || '-' || :client_id || '-' || :n, false, 'operator pgbench', now(),
    '{"tenant":"00000000-0000-0000-0000-000000000000","tenantId":"pgbench"}', 'PENDING', 0, null, '[]', null, null, null, null, null, 0, 1);
insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version)
values (
    'operation.tenant.provision',
    '00000000-0000-0000-0000-000000000000:' || (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid,
    '{"attempt": 1}'::bytea, now(), false, 1)
on conflict do nothing;
insert into provisioning_run (tenant, id, state, created_at, created_by)
values (
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid,
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid,
    'PENDING', now(), 'operator pgbench');
insert into audit_entry (
    tenant, seq, at, change, actor_kind, actor_id, key_id, network, action, resource, outcome, reason, ticket, request_id, details, details_digest,
    checkpoint, previous, hash)
select n.tenant, n.seq, now(), n.tenant, 'OPERATOR', 'pgbench', null, '127.0.0.0/24', 'tenant.created',
    'pgbench-' || :run || '-' || :client_id || '-' || :n, 'DONE', null, null, null,
    '{"fields":{"business.name":{"after":"Acme Dental"},"labels":{"after":{"source":"bench"}}},"salt":"00000000000000000000000000000000"}',
    sha256('pgbench'), n.checkpoint, n.previous,
    sha256('pgbench'::bytea || uuid_send(n.tenant) || int8send(n.seq) || int8send(n.checkpoint) || n.previous)
from (
    select t.tenant, coalesce(l.seq, 0) + 1 as seq, coalesce(l.hash, decode(repeat('00', 32), 'hex')) as previous,
        coalesce((select max(c.seq) from audit_checkpoint c where c.tenant = t.tenant), 0) as checkpoint
    from (
        select (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid as tenant
    ) t
    left join lateral (select e.seq, e.hash from audit_entry e where e.tenant = t.tenant order by e.seq desc limit 1) l on true
) n;
insert into context_pending (tenant, mark)
select tenant, tenant from unnest(array[
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid]) as tenant
on conflict (tenant) do nothing;
insert into event (tenant, sequence, epoch, part, id, type, subject, at, data)
select n.tenant, coalesce((select max(e.sequence) from event e where e.tenant = n.tenant), 0) + row_number() over (partition by n.tenant),
    f.epoch, 0, n.tenant, 'tenant.created', 'pgbench', now(), '{"actor":{"kind":"operator"},"fields":["business.name","labels"]}'
from event_feed f, unnest(array[
    (lpad(to_hex(:run::bigint), 8, '0') || lpad(to_hex(:client_id::bigint), 8, '0') || lpad(to_hex(:n::bigint), 16, '0'))::uuid]) as n (tenant)
returning tenant, exists (select from webhook w where w.tenant = event.tenant and w.enabled) as followed;
commit;
