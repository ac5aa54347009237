-- The scope is read by an expression that the planner puts in the place of the call: PL/pgSQL took a tenth of a read of one row, and so
-- did a sentence of its own for a missing scope. A setting that is not there raises by itself (42704), and so does one that
-- a transaction before this one has left empty (22P02). The body is parsed here: no search path of a caller changes what it means.
create or replace function current_tenant() returns uuid
    language sql stable parallel safe
    return pg_catalog.current_setting('tenancy.tenant')::uuid;
