-- The position of each event in the log, and all that it is filtered, ordered or scoped by. Its content is read
-- from the log itself.
--
-- organization: its owner; the nil UUID where everybody may see it, null where nobody may see it.
-- reached_at: the latest recorded_at up to this position. It grows with the position, as recorded_at nearly
-- does, so that every instant is exactly one position.

create table log (
    position       bigint primary key,
    reached_at     timestamptz not null,
    id             uuid not null unique,
    type           text collate "C" not null,
    open           boolean not null,
    stream         uuid not null,
    stream_version bigint not null,
    organization   uuid,
    project        uuid,
    cluster        uuid,
    node           uuid,
    operation      uuid,
    initiator      text collate "C" not null,
    principal      text collate "C" not null,
    correlation    uuid not null,
    request        text collate "C",
    cause_source   text collate "C" not null,
    cause_id       text collate "C" not null
);
create index log_by_instant on log (reached_at, position);
create index log_of_stream on log (stream, stream_version);
-- Each begins with the owner: a row of another owner is never read.
create index log_of_organization on log (organization, position);
create index log_by_cluster on log (organization, cluster, position) where cluster is not null;
create index log_by_node on log (organization, node, position) where node is not null;
create index log_by_operation on log (organization, operation, position) where operation is not null;
create index log_by_correlation on log (organization, correlation, position);
create index log_by_initiator on log (organization, initiator, position);
create index log_by_principal on log (organization, principal, position);
create index log_by_type on log (organization, type, position);

-- The owner of a cluster, from its first event on and for ever.
create table cluster_owner (
    cluster      uuid primary key,
    organization uuid not null,
    project      uuid not null,
    region       text collate "C" not null
);

-- One row for each request that had an effect, was refused, or read a secret; its position is that of its first
-- event. client_id and client_mac are the reference to source address and user agent, which are a secret.
create table audit (
    position      bigint primary key,
    request       uuid not null unique,
    occurred_at   timestamptz not null,
    action        text collate "C" not null,
    outcome       text collate "C" not null,
    initiator     text collate "C" not null,
    principal     text collate "C" not null,
    organization  uuid,
    project       uuid,
    cluster       uuid,
    resource_type text collate "C",
    resource_id   text collate "C",
    locality      text collate "C",
    observer      text collate "C" not null,
    client_id     uuid,
    client_mac    text collate "C",
    detail        text collate "C"
);
create index audit_of_organization on audit (organization, position);
create index audit_by_resource on audit (organization, resource_id, position);
create index audit_by_principal on audit (organization, principal, position);
create index audit_by_action on audit (organization, action, position);
create index audit_by_outcome on audit (organization, outcome, position);
create index audit_by_resource_type on audit (organization, resource_type, position);
