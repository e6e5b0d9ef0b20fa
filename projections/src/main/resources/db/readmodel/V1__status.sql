-- A row is its JSON; every other column is generated from it, so that none can disagree with it.
-- Instants are text of fixed width, in UTC: the order of the texts is that of the instants.
-- A deleted row stays, so that an event that is delivered again cannot bring it back.

create table cluster (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored,
    organization uuid not null generated always as ((data ->> 'organization')::uuid) stored,
    project uuid not null generated always as ((data ->> 'project')::uuid) stored,
    region text collate "C" not null generated always as (data ->> 'region') stored,
    name text collate "C" not null generated always as (data -> 'spec' ->> 'name') stored,
    type text collate "C" not null generated always as (data -> 'spec' ->> 'type') stored,
    private_network uuid
        generated always as ((data -> 'spec' -> 'network' ->> 'privateNetworkId')::uuid) stored,
    kubernetes_version int[] not null
        generated always as (string_to_array(data -> 'spec' ->> 'version', '.')::int[]) stored,
    phase text collate "C" not null generated always as (data ->> 'phase') stored,
    acl jsonb not null generated always as (data -> 'acl') stored,
    created_at text collate "C" not null generated always as (data ->> 'createdAt') stored,
    updated_at text collate "C" not null generated always as (data ->> 'updatedAt') stored
);
-- With deleted clusters: operations are found through their cluster after its deletion too.
create index cluster_of_tenant on cluster (organization, project);
-- A rule names no cluster.
create index cluster_of_acl_rule on cluster using gin (acl jsonb_path_ops);

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
    pool uuid not null generated always as ((data ->> 'pool')::uuid) stored,
    name text collate "C" not null generated always as (data -> 'attributes' ->> 'name') stored,
    kubernetes_version int[] not null
        generated always as (string_to_array(data -> 'attributes' ->> 'version', '.')::int[]) stored,
    provider_id text collate "C" not null
        generated always as (data -> 'attributes' ->> 'providerId') stored,
    phase text collate "C" not null generated always as (data ->> 'phase') stored,
    deleted boolean not null generated always as (data ->> 'deletedAt' is not null) stored,
    created_at text collate "C" not null generated always as (data ->> 'createdAt') stored,
    updated_at text collate "C" not null generated always as (data ->> 'updatedAt') stored
);
-- A cluster has many more deleted nodes than nodes.
create index node_of_cluster on node (cluster) where not deleted;
-- Other services know a node by its machine, also after its deletion.
create index node_of_provider on node (provider_id) where provider_id <> '';

create table operation (
    data jsonb not null,
    id uuid primary key generated always as ((data ->> 'id')::uuid) stored,
    version bigint not null generated always as ((data ->> 'version')::bigint) stored,
    cluster uuid not null generated always as ((data ->> 'cluster')::uuid) stored,
    parent uuid generated always as ((data ->> 'parent')::uuid) stored,
    kind text collate "C" not null generated always as (data ->> 'kind') stored,
    state text collate "C" not null generated always as (data ->> 'state') stored,
    started_at text collate "C" not null generated always as (data ->> 'startedAt') stored,
    node_ids jsonb not null generated always as (data -> 'nodeIds') stored
);
create index operation_of_cluster on operation (cluster, started_at);
create index operation_of_parent on operation (parent) where parent is not null;
-- The operations of one node: those that planned, deleted or replaced it, or made it.
create index operation_of_node on operation using gin (node_ids jsonb_path_ops);
