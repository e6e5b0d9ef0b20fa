-- What the provisioning adapter keeps between events, calls and observations. Nothing else writes it.

-- The newest desired state of each target, folded from the events of the cluster and its pools. User
-- data is in it only as references to secrets.
create table provisioning.desired (
    cluster_id uuid  not null,
    target     text  not null,
    document   jsonb not null,
    primary key (cluster_id, target)
);

-- The open requests of runs. A later request of the same run and target replaces the earlier one.
create table provisioning.request (
    operation_id     uuid        not null,
    target           text        not null,
    cluster_id       uuid        not null,
    call_key         text        not null unique, -- names one call of the provider
    kind             text        not null,
    request          jsonb       not null,
    event_id         uuid        not null,
    origin           jsonb       not null,
    requested_at     timestamptz not null,
    acknowledged_at  timestamptz,
    result           jsonb,                                  -- the last one of the provider
    reported         boolean     not null default false,     -- whether the run knows the result
    failures         integer     not null default 0,         -- attempts without success, in a row
    last_error       text,
    fingerprint      text        not null default '',        -- of the part of the last observation
    summary          text        not null default '',        -- the same for people
    observed_at      timestamptz,
    last_progress_at timestamptz not null,
    primary key (operation_id, target)
);
create index request_cluster on provisioning.request (cluster_id);

-- What was last recorded of each cluster. Each observation takes the next version before it is made;
-- only the newest version is saved.
create table provisioning.observed (
    cluster_id uuid        primary key,
    version    bigint      not null default 0,
    recorded   jsonb,                             -- null: the provider did not have the cluster
    uncertain  boolean     not null default false, -- an older observation may have been recorded last
    due_at     timestamptz not null,              -- when it is observed even without a change
    failures   integer     not null default 0
);
create index observed_due on provisioning.observed (due_at);

create table provisioning.observed_node (
    cluster_id uuid  not null references provisioning.observed on delete cascade,
    node_id    uuid  not null,
    attributes jsonb not null,
    primary key (cluster_id, node_id)
);

-- Clusters to observe soon. Rows are only added and deleted, so that no two transactions wait for
-- each other.
create table provisioning.hint (
    id         bigint generated always as identity primary key,
    cluster_id uuid not null
);

-- How far the change feed of the provider has been read; one row.
create table provisioning.feed (
    reader text primary key,
    cursor text not null
);
insert into provisioning.feed (reader, cursor) values ('observation-feed', '');
