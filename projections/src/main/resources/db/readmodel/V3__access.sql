-- Hashes of secrets only.

create table organization (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored
);

create table api_key (
    data jsonb not null,
    id text collate "C" primary key generated always as (data ->> 'id') stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored,
    secret_hash text collate "C" not null
        generated always as (data -> 'key' ->> 'secretHash') stored
);
create index api_key_by_secret on api_key (secret_hash);
