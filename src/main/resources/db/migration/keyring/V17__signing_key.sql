create table signing_key (
    kid text collate "C" primary key check (kid ~ '^[0-9A-Za-z_-]{43}$'),
    public_key bytea not null check (octet_length(public_key) = 32),
    sealed bytea,
    created_at timestamptz(6) not null,
    created_by text not null,
    active_from timestamptz(6) not null,
    retired_at timestamptz(6),
    expires_at timestamptz(6) check (expires_at >= retired_at),
    check ((retired_at is null) = (expires_at is null)),
    check (sealed is not null or expires_at is not null)
);

comment on table signing_key is 'platform. Ed25519 keys that sign what other services verify; the private half is there, sealed, until the key is no longer published.';
comment on column signing_key.kid is 'Thumbprint of the public key (RFC 7638): the seal names it, so that no other public key fits.';
comment on column signing_key.sealed is 'The private key, sealed under a key that is not in the database; null once nothing it signed is accepted any more.';
comment on column signing_key.active_from is 'From when on it signs; published before that.';
comment on column signing_key.retired_at is 'From when on its successor signs.';
comment on column signing_key.expires_at is 'From when on it is published no more.';

-- Whoever makes a key says first when the one before it ends.
create unique index signing_key_last on signing_key ((retired_at is null)) where retired_at is null;

-- Kept among the platform's own rows, as keys of the API are; the platform role has no business here.
alter table signing_key enable row level security, force row level security;
create policy tenant_all on signing_key to tenancy_tenant
    using ((select current_tenant()) = '00000000-0000-0000-0000-000000000000')
    with check ((select current_tenant()) = '00000000-0000-0000-0000-000000000000');
create policy owner_all on signing_key to tenancy_owner using (true) with check (true);
create policy backup_select on signing_key for select to tenancy_backup using (true);

grant select, insert on signing_key to tenancy_tenant;
grant update (sealed, retired_at, expires_at) on signing_key to tenancy_tenant;
grant select on signing_key to tenancy_backup;
