-- What opens a link in a mail. Those of an application are the platform's own; that which opens the first secret is its tenant's, so
-- that it is used up in the transaction in which the secret is issued.
create table onboarding_token (
    tenant uuid not null,
    application uuid not null,
    record text collate "C" not null check (record ~ '^[0-9A-Za-z]{8}$'),
    purpose text collate "C" not null check (purpose in ('VERIFY', 'FOLLOW', 'SECRET')),
    hash bytea not null check (octet_length(hash) = 32),
    created_at timestamptz(6) not null,
    expires_at timestamptz(6) not null,
    used_at timestamptz(6),
    primary key (tenant, application, record)
);

comment on table onboarding_token is 'tenant-owned by=tenant keeper=delete. Links in mails to applicants, as hashes under a key that is not in the database.';

create index onboarding_token_expiry on onboarding_token (expires_at);

grant select, insert on onboarding_token to tenancy_tenant;
grant update (used_at) on onboarding_token to tenancy_tenant;
grant select on onboarding_token to tenancy_platform;
grant select, delete on onboarding_token to tenancy_keeper;
grant select on onboarding_token to tenancy_backup;
