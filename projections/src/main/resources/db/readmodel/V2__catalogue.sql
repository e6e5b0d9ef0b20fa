create table release (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored
);
