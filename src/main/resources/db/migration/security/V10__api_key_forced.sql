-- Row level security holds for the owner too, as on every other table that has policies; a policy of its own lets migrations see.
alter table api_key force row level security;
create policy owner_all on api_key to tenancy_owner using (true) with check (true);
