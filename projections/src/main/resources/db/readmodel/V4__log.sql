-- Where each event stands in the log, and all that it is filtered, ordered or scoped by. What it says is read
-- from the log itself.
--
-- organization: whose it is; the nil UUID where it is everybody's, null where nobody may see it.
-- reached_at: the latest recorded_at up to here. It grows with the position, as recorded_at nearly does, so
-- that every instant is exactly one place.

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
    principal      text collate "C" not null,
    correlation    uuid not null,
    request        text collate "C",
    cause_source   text collate "C" not null,
    cause_id       text collate "C" not null
);
create index log_by_instant on log (reached_at, position);
create index log_of_stream on log (stream, stream_version);
-- Each begins with the owner: a foreign row is never even looked at.
create index log_of_organization on log (organization, position);
create index log_by_cluster on log (organization, cluster, position) where cluster is not null;
create index log_by_node on log (organization, node, position) where node is not null;
create index log_by_operation on log (organization, operation, position) where operation is not null;
create index log_by_correlation on log (organization, correlation, position);
create index log_by_principal on log (organization, principal, position);
create index log_by_type on log (organization, type, position);

-- Whose a cluster is, from its first event on and for ever.
create table cluster_owner (
    cluster      uuid primary key,
    organization uuid not null,
    project      uuid not null,
    region       text collate "C" not null
);

-- One row for each request that had an effect, was refused, or was shown a secret; its position is that of
-- its first event.
create table audit (
    position      bigint primary key,
    request       uuid not null unique,
    occurred_at   timestamptz not null,
    action        text collate "C" not null,
    outcome       text collate "C" not null,
    principal     text collate "C" not null,
    organization  uuid,
    project       uuid,
    cluster       uuid,
    resource_type text collate "C",
    resource_id   text collate "C",
    locality      text collate "C",
    observer      text collate "C" not null,
    source_ip     text collate "C" not null,
    user_agent    text collate "C" not null,
    detail        text collate "C"
);
create index audit_of_organization on audit (organization, position);
create index audit_by_resource on audit (organization, resource_id, position);
create index audit_by_principal on audit (organization, principal, position);
create index audit_by_source on audit (organization, source_ip, position);
create index audit_by_action on audit (organization, action, position);
create index audit_by_outcome on audit (organization, outcome, position);
create index audit_by_resource_type on audit (organization, resource_type, position);
