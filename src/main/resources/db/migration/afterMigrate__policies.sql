-- Gives every tenant-owned table its policies, in one place. The first words of a table's comment say what it is:
--   tenant-owned by=<uuid column> [platform=insert] [keeper=delete]. Prose.
--   platform. Prose.
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
        select c.oid, c.relname, obj_description(c.oid, 'pg_class') as comment, c.relrowsecurity, c.relforcerowsecurity
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') like 'tenant-owned %'
    loop
        owned_by := substring(tab.comment from '^[^.]*\mby=(\w+)');
        if owned_by is null then
            raise exception 'the comment of table % does not say by= which column it is owned', tab.relname;
        end if;
        if not (tab.relrowsecurity and tab.relforcerowsecurity) then
            execute format('alter table %I enable row level security, force row level security', tab.relname);
        end if;
        for rule in
            select p.policyname from pg_policies p
            where p.schemaname = 'public' and p.tablename = tab.relname and p.policyname !~ ('_' || rules_version || '$')
        loop
            execute format('drop policy %I on %I', rule.policyname, tab.relname);
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
                select from pg_policies p
                where p.schemaname = 'public' and p.tablename = tab.relname and p.policyname = wanted.name || '_' || rules_version)
        loop
            execute format('create policy %I on %I for %s to %I %s %s',
                rule.name || '_' || rules_version, tab.relname, rule.command, rule.role,
                coalesce('using (' || rule.visible || ')', ''), coalesce('with check (' || rule.written || ')', ''));
        end loop;
    end loop;
end
$$;
