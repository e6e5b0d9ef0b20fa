-- A row is its JSON; every other column is generated from it, so that none can disagree with it.
-- Instants are text of fixed width, in UTC: the order of the texts is that of the instants.
-- What is deleted stays, so that an event that is delivered again cannot bring it back.

create table cluster (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored,
    organization uuid not null generated always as ((data ->> 'organization')::uuid) stored,
    project uuid not null generated always as ((data ->> 'project')::uuid) stored,
    region text collate "C" not null generated always as (data ->> 'region') stored,
    name text collate "C" not null generated always as (data -> 'spec' ->> 'name') stored,
    type text collate "C" not null generated always as (data -> 'spec' ->> 'type') stored,
    private_network uuid generated always as ((data -> 'spec' ->> 'privateNetworkId')::uuid) stored,
    kubernetes_version int[] not null
        generated always as (string_to_array(data -> 'spec' ->> 'version', '.')::int[]) stored,
    phase text collate "C" not null generated always as (data ->> 'phase') stored,
    created_at text collate "C" not null generated always as (data ->> 'createdAt') stored,
    updated_at text collate "C" not null generated always as (data ->> 'updatedAt') stored
);
-- Not only those that are left: operations are found through their cluster after its end too.
create index cluster_of_tenant on cluster (organization, project);

create table pool (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored,
    cluster uuid not null generated always as ((data ->> 'cluster')::uuid) stored,
    name text collate "C" not null generated always as (data -> 'spec' ->> 'name') stored,
    kubernetes_version int[] not null
        generated always as (string_to_array(data -> 'spec' ->> 'version', '.')::int[]) stored,
    phase text collate "C" not null generated always as (data ->> 'phase') stored,
    created_at text collate "C" not null generated always as (data ->> 'createdAt') stored,
    updated_at text collate "C" not null generated always as (data ->> 'updatedAt') stored
);
create index pool_of_cluster on pool (cluster);

create table node (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored,
    cluster uuid not null generated always as ((data ->> 'cluster')::uuid) stored,
    pool uuid not null generated always as ((data -> 'observed' ->> 'pool')::uuid) stored,
    name text collate "C" not null generated always as (data -> 'observed' ->> 'name') stored,
    kubernetes_version int[] not null
        generated always as (string_to_array(data -> 'observed' ->> 'version', '.')::int[]) stored,
    phase text collate "C" not null generated always as (data -> 'observed' ->> 'phase') stored,
    deleted boolean not null generated always as ((data ->> 'deleted')::boolean) stored,
    created_at text collate "C" not null generated always as (data ->> 'createdAt') stored,
    updated_at text collate "C" not null generated always as (data ->> 'updatedAt') stored
);
-- Nodes come and go: a cluster has had many more than it has.
create index node_of_cluster on node (cluster) where not deleted;

create table operation (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored,
    cluster uuid not null generated always as ((data ->> 'cluster')::uuid) stored,
    kind text collate "C" not null generated always as (data ->> 'kind') stored,
    state text collate "C" not null generated always as (data ->> 'state') stored,
    started_at text collate "C" not null generated always as (data ->> 'startedAt') stored
);
create index operation_of_cluster on operation (cluster, started_at);
