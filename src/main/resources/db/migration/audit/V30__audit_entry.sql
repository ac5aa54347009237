create table audit_entry (
    tenant uuid not null,
    seq bigint not null check (seq > 0),
    at timestamptz(6) not null,
    change uuid not null,
    actor_kind text not null,
    actor_id text not null,
    key_id text,
    network text,
    action text not null,
    resource text not null,
    outcome text not null,
    reason text,
    ticket text,
    request_id text,
    details text,
    details_digest bytea not null check (octet_length(details_digest) = 32),
    checkpoint bigint not null,
    previous bytea not null check (octet_length(previous) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (tenant, seq)
) partition by hash (tenant);

comment on table audit_entry is 'tenant-owned by=tenant platform=insert keeper=delete. Who did what, when and why: for each tenant a chain without gap, each entry with the hash of the one before.';
comment on column audit_entry.change is 'Of the change, or of the attempt.';
comment on column audit_entry.network is 'Where the request came from, without what names a person.';
comment on column audit_entry.details is 'Canonical JSON, as text, because jsonb keeps another one; null where it was shredded: its digest stays.';
comment on column audit_entry.checkpoint is 'Sequence of the last checkpoint when this was written, 0 where there was none: a checkpoint that is taken away leaves a trace.';
comment on column audit_entry.hash is 'SHA-256 as docs/audit.md says.';

do $$
begin
    for part in 0..15 loop
        execute format('create table audit_entry_%s partition of audit_entry for values with (modulus 16, remainder %s)', part, part);
    end loop;
end
$$;

-- Lists by time; everything else goes by the key.
create index audit_entry_at on audit_entry (tenant, at);

create table audit_checkpoint (
    tenant uuid not null,
    seq bigint not null check (seq > 0),
    hash bytea not null check (octet_length(hash) = 32),
    at timestamptz(6) not null,
    previous bigint not null check (previous >= 0 and previous < seq),
    sealed boolean not null,
    kid text not null,
    public_key bytea not null check (octet_length(public_key) = 32),
    signature bytea not null check (octet_length(signature) = 64),
    mac bytea not null check (octet_length(mac) = 32),
    primary key (tenant, seq)
);

comment on table audit_checkpoint is 'tenant-owned by=tenant keeper=delete. Signed heads of the chains in audit_entry.';
comment on column audit_checkpoint.previous is 'Sequence of the checkpoint before, 0 where there is none.';
comment on column audit_checkpoint.sealed is 'Whether entries before this one may be deleted.';
comment on column audit_checkpoint.mac is 'Under a key that is not in the database: whoever writes rows cannot make one with a signing key of his own.';

-- Nobody changes an entry, whatever his rights; what is deleted lies below a sealed checkpoint.
create function refuse_change() returns trigger
    language plpgsql
    set search_path = ''
as $$
begin
    raise exception '% of % is refused: the trail is only added to', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create function refuse_delete_above_seal() returns trigger
    language plpgsql
    set search_path = ''
as $$
begin
    if not exists (select from public.audit_checkpoint c where c.tenant = old.tenant and c.sealed and c.seq > old.seq) then
        raise exception 'an entry is deleted below a sealed checkpoint only' using errcode = 'insufficient_privilege';
    end if;
    return old;
end
$$;

create trigger audit_entry_refuse_change before update or truncate on audit_entry
    for each statement execute function refuse_change();
create trigger audit_entry_refuse_delete before delete on audit_entry
    for each row execute function refuse_delete_above_seal();
create trigger audit_checkpoint_refuse_change before update or truncate on audit_checkpoint
    for each statement execute function refuse_change();

do $$
begin
    for part in 0..15 loop
        execute format('create trigger audit_entry_refuse_change before update or truncate on audit_entry_%s'
            ' for each statement execute function refuse_change()', part);
    end loop;
end
$$;

grant select, insert on audit_entry to tenancy_tenant;
grant select, insert on audit_entry to tenancy_platform;
grant select, delete on audit_entry to tenancy_keeper;
grant select, insert on audit_checkpoint to tenancy_tenant;
grant select on audit_checkpoint to tenancy_platform;
grant select on audit_checkpoint to tenancy_keeper;
grant select on audit_entry, audit_checkpoint to tenancy_backup;
