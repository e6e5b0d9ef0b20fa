-- Every machine that is or will be there, so that the stock of a type can be counted over all clusters.
-- from_at: may lie ahead. deleted_at: null: it stays. Follows from the worlds, at each write of one.
create table simulator.machine (
    node_id    uuid primary key,
    cluster_id uuid not null,
    pool_id    uuid not null,
    zone       text not null,
    node_type  text not null,
    from_at    timestamptz not null,
    deleted_at timestamptz
);

create index machine_by_cluster on simulator.machine (cluster_id);
create index machine_by_type on simulator.machine (node_type, zone);

insert into simulator.machine
select distinct on ((m ->> 'id')::uuid)
       (m ->> 'id')::uuid, cluster_id, (p ->> 'id')::uuid,
       p -> 'held' -> 'current' -> 'machine' ->> 'zone',
       p -> 'held' -> 'current' -> 'machine' ->> 'nodeType',
       (m ->> 'createdAt')::timestamptz, null
from simulator.cluster, jsonb_array_elements(world -> 'pools') p, jsonb_array_elements(p -> 'machines') m
where m ->> 'removedAt' is null and p -> 'held' -> 'current' is not null;
