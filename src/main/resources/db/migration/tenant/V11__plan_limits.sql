-- What a tenant gets with its plan. Limits are one JSON object with every limit in it, so that what a tenant overrides is laid
-- over it by one operator: plan.limits || tenant.limit_overrides.
alter table plan
    add column limits jsonb not null default '{
        "resolvesPerSecond": 200,
        "introspectionsPerSecond": 400,
        "verificationsPerSecond": 100,
        "sessionStartsPerMinute": 30,
        "sessions": 10000,
        "origins": 50,
        "sessionIdle": "PT30M",
        "sessionLifetime": "PT24H"
    }' check (jsonb_typeof(limits) = 'object'),
    add column permissions text[] not null default '{}',
    add column secret_scopes text[] not null default '{}',
    add column version bigint not null default 1,
    add column created_by text not null default 'system:migration',
    add column updated_at timestamptz(6) not null default now(),
    add column updated_by text not null default 'system:migration';

comment on table plan is 'platform. What a tenant gets: limits, permissions beside its own, scopes its secrets have beside the usual ones.';

-- A default was right for the plan that existed; who makes a plan says what is in it.
alter table plan
    alter column limits drop default,
    alter column permissions drop default,
    alter column secret_scopes drop default,
    alter column created_by drop default,
    alter column updated_by drop default;

alter table tenant add column limit_overrides jsonb not null default '{}' check (jsonb_typeof(limit_overrides) = 'object');
grant update (limit_overrides) on tenant to tenancy_tenant;
