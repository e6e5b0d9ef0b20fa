-- The simulator's own small world. Nothing else reads or writes it.

-- One row per cluster that was ever written to; a removed one stays, so that its id can never come back.
-- changed_in: the transaction of the last change. Null: nothing has changed it yet.
create table simulator.cluster (
    cluster_id            uuid primary key,
    world                 jsonb not null,
    changed_in            xid8,
    certificate_authority text,
    token                 text
);

create index cluster_by_change on simulator.cluster (changed_in);

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
