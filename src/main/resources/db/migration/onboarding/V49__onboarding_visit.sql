-- From which networks applications came within the last hour. Counted by the platform role and outside of the lock of the platform's own
-- rows, which nobody without a credential can so hold.
create table onboarding_visit (
    network text collate "C" not null,
    id uuid not null,
    at timestamptz(6) not null,
    primary key (network, at, id)
);

comment on table onboarding_visit is 'platform. One row for each application of the last hour: the network it came from, which names no person.';

grant select, insert, delete on onboarding_visit to tenancy_platform;
grant select on onboarding_visit to tenancy_backup;
