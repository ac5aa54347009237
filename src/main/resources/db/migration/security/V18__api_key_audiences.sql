-- Whom signed contexts may be asked for. The default stays: the version before this one makes keys without naming audiences.
alter table api_key add column audiences text[] not null default '{}' check (cardinality(audiences) <= 16);

comment on column api_key.audiences is 'Audiences its holder may ask signed contexts for; * is any.';

-- The first operator key has all there is to give away, and so has what it was rotated to.
with recursive line as (
    select key_id from api_key where created_by = 'system:first-operator-key'
    union
    select successor.key_id from api_key successor join line on successor.replaces = line.key_id
)
update api_key set audiences = '{*}', version = version + 1 where key_id in (select key_id from line);
