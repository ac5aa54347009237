-- A namespace is there from the provisioning of its tenant on. Generation 0 says that it never had a user: nobody has to look for one in
-- Redis, and provisioning takes the row away again where it fails.
grant delete on namespace to tenancy_tenant;

comment on column namespace.generation is 'Raised by every change; 0 where the tenant never had a user of the store.';

create index namespace_used on namespace (tenant) where generation > 0;
