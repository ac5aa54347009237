-- Gives every tenant-owned table its policies, in one place. The first words of a table's comment say what it is:
--   tenant-owned by=<uuid column> [platform=insert] [keeper=delete]. Prose.
--   platform. Prose.
-- Partitions, and other tables that inherit, are what the table at the top of them says, and get the same policies.
-- Runs after every migration and changes nothing where all is in place; a changed rule gets a new suffix, so that the old
-- policy is dropped and the new one made. Names are <role>_<command>_<suffix>.
do $$
declare
    rules_version constant text := 'v1';
    tab record;
    rule record;
    owned_by text;
begin
    for tab in
        with recursive lineage (oid, root) as (
            select oid, oid from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and oid not in (select inhrelid from pg_inherits)
            union all
            select i.inhrelid, l.root from lineage l join pg_inherits i on i.inhparent = l.oid
        )
        select c.oid, c.oid::regclass as name, obj_description(l.root, 'pg_class') as comment, c.relrowsecurity, c.relforcerowsecurity
        from pg_class c join lineage l using (oid)
        where obj_description(l.root, 'pg_class') like 'tenant-owned %'
    loop
        owned_by := substring(tab.comment from '^[^.]*\mby=(\w+)');
        if owned_by is null then
            raise exception 'the comment of table % does not say by= which column it is owned', tab.name;
        end if;
        if not (tab.relrowsecurity and tab.relforcerowsecurity) then
            execute format('alter table %s enable row level security, force row level security', tab.name);
        end if;
        for rule in
            select p.polname as policyname from pg_policy p
            where p.polrelid = tab.oid and p.polname !~ ('_' || rules_version || '$')
        loop
            execute format('drop policy %I on %s', rule.policyname, tab.name);
        end loop;
        for rule in
            select * from (values
                ('tenant_all', 'all', 'tenancy_tenant', format('%I = (select current_tenant())', owned_by), format('%I = (select current_tenant())', owned_by), true),
                ('platform_select', 'select', 'tenancy_platform', 'true', null, true),
                ('platform_insert', 'insert', 'tenancy_platform', null, 'true', tab.comment ~ '^[^.]*\mplatform=insert\M'),
                ('keeper_select', 'select', 'tenancy_keeper', 'true', null, tab.comment ~ '^[^.]*\mkeeper=delete\M'),
                ('keeper_delete', 'delete', 'tenancy_keeper', 'true', null, tab.comment ~ '^[^.]*\mkeeper=delete\M'),
                ('owner_all', 'all', 'tenancy_owner', 'true', 'true', true),
                ('backup_select', 'select', 'tenancy_backup', 'true', null, true)
            ) as wanted (name, command, role, visible, written, applies)
            where applies and not exists (
                select from pg_policy p where p.polrelid = tab.oid and p.polname = wanted.name || '_' || rules_version)
        loop
            execute format('create policy %I on %s for %s to %I %s %s',
                rule.name || '_' || rules_version, tab.name, rule.command, rule.role,
                coalesce('using (' || rule.visible || ')', ''), coalesce('with check (' || rule.written || ')', ''));
        end loop;
    end loop;
end
$$;
