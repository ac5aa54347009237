-- What every plan gives of documents until somebody says otherwise. A plan written by a version that knows nothing of them lacks
-- them again; then the same numbers hold.
update plan set limits = '{"collections": 20, "documents": 100000, "documentBytes": 1000000000}'::jsonb || limits;

do $$
begin
    if exists (select from plan where not limits ?& array['collections', 'documents', 'documentBytes']) then
        raise exception 'the limits of documents did not reach every plan';
    end if;
end
$$;
