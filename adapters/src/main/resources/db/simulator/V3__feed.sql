-- The instants at which a cluster will look different without a write. Each write of a cluster replaces them by
-- those that lie ahead of it.
create table simulator.instant (
    cluster_id uuid not null,
    at         timestamptz not null
);

create index instant_by_time on simulator.instant (at, cluster_id);
create index instant_by_cluster on simulator.instant (cluster_id);

-- One row. id: names this feed, so that a cursor of another database is recognised.
create table simulator.feed (
    id uuid not null
);

insert into simulator.feed values (gen_random_uuid());
