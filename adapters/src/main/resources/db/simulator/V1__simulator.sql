-- The simulator's own small world. Nothing else reads or writes it.

-- One row per cluster ever heard of; a removed one stays, so that its id can never come back.
create table simulator.cluster (
    cluster_id            uuid primary key,
    world                 jsonb not null,
    certificate_authority text,
    token                 text
);

-- Each write that reached the simulator. effects: how many changes it made to the world.
create table simulator.call (
    id              bigint generated always as identity primary key,
    at              timestamptz not null,
    verb            text not null,
    cluster_id      uuid not null,
    target          text not null,
    generation      bigint,
    idempotency_key text not null,
    outcome         text not null,
    effects         integer not null
);

create index call_by_cluster on simulator.call (cluster_id, id);
create index call_by_key on simulator.call (idempotency_key);
