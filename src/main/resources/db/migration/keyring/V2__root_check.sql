create table root_check (
    id smallint primary key check (id = 1),
    value bytea not null check (octet_length(value) = 32)
);

comment on table root_check is 'platform. A MAC of the root secret this data was written under: a start with another one is refused.';

grant select, insert on root_check to tenancy_platform;
