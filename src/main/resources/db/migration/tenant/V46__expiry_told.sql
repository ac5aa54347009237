-- How many seconds before its activeUntil a tenant is known to end: those of the last warning, or how many were left when activeUntil
-- was set. Warnings longer than that are not told. Of rows from before, nothing was told.
alter table tenant add column expiry_told bigint not null default 9223372036854775807 check (expiry_told >= 0);
grant update (expiry_told) on tenant to tenancy_tenant;
