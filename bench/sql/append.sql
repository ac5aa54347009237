-- The rows that a change of a tenant adds besides its own: an entry of the trail and an event, with the scope of one of so many
-- tenants. Their numbers and hashes are made up; `run` is another number each time, `n` counts.
\set n :n + 1
\set tenant random(1, :chains)
\set seq 1000000000 + :run * 10000000 + :client_id * 1000000 + :n
begin;
select set_config('tenancy.tenant', '70000000-0000-7000-8000-' || lpad(to_hex(:tenant::bigint), 12, '0'), true);
insert into audit_entry (tenant, seq, at, change, actor_kind, actor_id, action, resource, outcome, details, details_digest, checkpoint,
    previous, hash)
values (('70000000-0000-7000-8000-' || lpad(to_hex(:tenant::bigint), 12, '0'))::uuid, :seq::bigint, now(),
    ('70000000-0000-7000-8000-' || lpad(to_hex(:seq::bigint), 12, '0'))::uuid, 'SYSTEM', 'bench', 'tenant.updated', 'acme-dental',
    'DONE', '{"fields":{"business.name":{"after":"Acme Dental","before":"Acme"},"labels":{"after":{"source":"bench"},"before":{}}},"salt":"00000000000000000000000000000000"}',
    '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea, 0,
    '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea,
    '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea);
insert into event (tenant, sequence, epoch, part, id, type, subject, at, data)
values (('70000000-0000-7000-8000-' || lpad(to_hex(:tenant::bigint), 12, '0'))::uuid, :seq::bigint, 1, 0,
    ('70000000-0000-7000-8000-' || lpad(to_hex(:seq::bigint), 12, '0'))::uuid, 'tenant.updated', 'acme-dental', now(),
    '{"actor":{"kind":"system","id":"bench"},"fields":["business.name","labels"]}');
commit;
