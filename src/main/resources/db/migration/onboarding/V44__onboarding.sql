-- Who wants to become a tenant, how far that has come, and the mails about it.
create table onboarding_invitation (
    id uuid primary key,
    record text collate "C" not null,
    hash bytea not null check (octet_length(hash) = 32),
    note text check (char_length(note) <= 500),
    plan text collate "C",
    approved boolean not null,
    expires_at timestamptz(6) not null,
    used_at timestamptz(6),
    used_by uuid,
    revoked_at timestamptz(6),
    revoked_by text,
    version bigint not null,
    created_at timestamptz(6) not null,
    created_by text not null,
    check ((used_at is null) = (used_by is null)),
    check ((revoked_at is null) = (revoked_by is null))
);

comment on table onboarding_invitation is 'platform. Codes that operators hand out: who applies with one gets its plan, and may be approved beforehand.';
comment on column onboarding_invitation.hash is 'HMAC-SHA-256 of the code under a key that is not in the database.';

create index onboarding_invitation_listing on onboarding_invitation (created_at, id);

create table onboarding_application (
    id uuid primary key,
    organisation text not null check (char_length(organisation) between 1 and 200),
    tenant_id_wanted text collate "C",
    origins text[] not null check (cardinality(origins) between 1 and 50),
    host text collate "C" not null,
    plan text collate "C",
    invitation uuid references onboarding_invitation (id),
    approved_beforehand boolean not null,
    contact bytea,
    address_key bytea not null check (octet_length(address_key) = 32),
    wish_key bytea not null check (octet_length(wish_key) = 32),
    state text collate "C" not null check (state in ('SUBMITTED', 'EMAIL_VERIFIED', 'AWAITING_APPROVAL', 'APPROVED', 'REGISTERED',
        'COMPLETED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')),
    reason text,
    state_since timestamptz(6) not null,
    challenge text collate "C" not null,
    checks int not null default 0 check (checks >= 0),
    check_at timestamptz(6),
    checked_at timestamptz(6),
    dns_miss text collate "C",
    http_miss text collate "C",
    proof text collate "C" check (proof in ('DNS', 'HTTP')),
    proven_at timestamptz(6),
    tenant uuid,
    tenant_id text collate "C",
    decided_by text,
    welcomed_at timestamptz(6),
    version bigint not null,
    created_at timestamptz(6) not null,
    expires_at timestamptz(6) not null,
    check ((proof is null) = (proven_at is null)),
    check (tenant is not null or state not in ('REGISTERED', 'COMPLETED')),
    check (proof is not null or state not in ('AWAITING_APPROVAL', 'APPROVED', 'REGISTERED', 'COMPLETED'))
);

comment on table onboarding_application is 'platform. Who wants to become a tenant: what for, what is proven of it, and what was decided.';
comment on column onboarding_application.contact is 'Address and name of the applicant, sealed by the keyring for the id; null once they are no longer needed.';
comment on column onboarding_application.address_key is 'HMAC-SHA-256 of the folded address: tells that two are one, and not which.';
comment on column onboarding_application.wish_key is 'HMAC-SHA-256 of what is applied for: the same once more is no new application.';
comment on column onboarding_application.host is 'Of the first origin, the one that is proven.';
comment on column onboarding_application.check_at is 'When the proof is looked for next; null where nobody waits for it.';

-- The same wish is one application while it runs, and whoever has proven an address has one for each host.
create unique index onboarding_application_wish on onboarding_application (address_key, host, wish_key)
    where state not in ('REJECTED', 'WITHDRAWN', 'EXPIRED');
create unique index onboarding_application_running on onboarding_application (address_key, host)
    where state not in ('SUBMITTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED');
create index onboarding_application_created on onboarding_application (created_at, id);
create index onboarding_application_state on onboarding_application (state, created_at, id);
create index onboarding_application_host on onboarding_application (host, created_at, id);
create index onboarding_application_tenant on onboarding_application (tenant) where tenant is not null;
create index onboarding_application_check on onboarding_application (check_at) where check_at is not null;
create index onboarding_application_expiry on onboarding_application (expires_at) where state in ('SUBMITTED', 'EMAIL_VERIFIED');
create index onboarding_application_next on onboarding_application (state_since)
    where state = 'APPROVED' or (state = 'REGISTERED' and welcomed_at is null);
create index onboarding_application_contact on onboarding_application (state_since)
    where contact is not null and state in ('COMPLETED', 'REJECTED', 'WITHDRAWN', 'EXPIRED');

create table onboarding_mail (
    id uuid primary key,
    application uuid not null references onboarding_application (id),
    kind text collate "C" not null check (kind in ('VERIFY', 'WELCOME', 'REJECTED')),
    address_key bytea not null check (octet_length(address_key) = 32),
    due_at timestamptz(6) not null,
    ended_at timestamptz(6),
    outcome text collate "C" check (outcome in ('SENT', 'SHOWN', 'REFUSED', 'OBSOLETE')),
    link bytea,
    check ((ended_at is null) = (outcome is null))
);

comment on table onboarding_mail is 'platform. Mails to applicants: which, when, and what became of it. What one says is made when it is sent.';
comment on column onboarding_mail.link is 'Where there is no mail server: the link an operator may hand over, sealed by the keyring for the id.';

create index onboarding_mail_address on onboarding_mail (address_key, due_at);
create index onboarding_mail_application on onboarding_mail (application, due_at);

-- All of it is kept among the platform's own rows, as keys of the API are; the platform role, which brings tenants into being,
-- moves an application on in the transaction of its tenant.
alter table onboarding_invitation enable row level security, force row level security;
create policy tenant_all on onboarding_invitation to tenancy_tenant
    using ((select current_tenant()) = '00000000-0000-0000-0000-000000000000')
    with check ((select current_tenant()) = '00000000-0000-0000-0000-000000000000');
create policy owner_all on onboarding_invitation to tenancy_owner using (true) with check (true);
create policy backup_select on onboarding_invitation for select to tenancy_backup using (true);

alter table onboarding_application enable row level security, force row level security;
create policy tenant_all on onboarding_application to tenancy_tenant
    using ((select current_tenant()) = '00000000-0000-0000-0000-000000000000')
    with check ((select current_tenant()) = '00000000-0000-0000-0000-000000000000');
create policy platform_select on onboarding_application for select to tenancy_platform using (true);
create policy platform_update on onboarding_application for update to tenancy_platform using (true);
create policy owner_all on onboarding_application to tenancy_owner using (true) with check (true);
create policy backup_select on onboarding_application for select to tenancy_backup using (true);

alter table onboarding_mail enable row level security, force row level security;
create policy tenant_all on onboarding_mail to tenancy_tenant
    using ((select current_tenant()) = '00000000-0000-0000-0000-000000000000')
    with check ((select current_tenant()) = '00000000-0000-0000-0000-000000000000');
create policy owner_all on onboarding_mail to tenancy_owner using (true) with check (true);
create policy backup_select on onboarding_mail for select to tenancy_backup using (true);

grant select, insert, update on onboarding_invitation to tenancy_tenant;
grant select, insert on onboarding_application to tenancy_tenant;
grant update (contact, state, reason, state_since, checks, check_at, checked_at, dns_miss, http_miss, proof, proven_at, tenant,
    tenant_id, decided_by, welcomed_at, version) on onboarding_application to tenancy_tenant;
grant select, update (state, reason, state_since, checks, check_at, checked_at, dns_miss, http_miss, proof, proven_at, tenant,
    tenant_id, decided_by, welcomed_at, version) on onboarding_application to tenancy_platform;
grant select, insert on onboarding_mail to tenancy_tenant;
grant update (ended_at, outcome, link) on onboarding_mail to tenancy_tenant;
grant select on onboarding_invitation, onboarding_application, onboarding_mail to tenancy_backup;
