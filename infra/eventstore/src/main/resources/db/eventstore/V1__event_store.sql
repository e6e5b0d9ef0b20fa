-- The source of all positions. It has no cache: a cached value would be used late, behind the watermark.
create sequence event_position as bigint cache 1;

-- The single source of truth. The column tx must stay before position: a writer must take its transaction id
-- before its first position, or the tail is incomplete.
create table event (
    tx          xid8        not null default pg_current_xact_id(),
    position    bigint      not null default nextval('event_position'),
    stream      uuid        not null,
    stream_type text        not null,
    version     bigint      not null,
    id          uuid        not null,
    type        text        not null,
    revision    integer     not null,
    cluster     uuid,
    recorded_at timestamptz not null,
    payload     bytea       not null,
    metadata    bytea       not null,
    constraint event_position_key primary key (position),
    constraint event_stream_version_key unique (stream, version),
    constraint event_id_key unique (id)
);
alter sequence event_position owned by event.position;

-- For tokens at an instant. Time grows almost with the position, so an index of block ranges is enough.
create index event_recorded_at on event using brin (recorded_at) with (autosummarize = on);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'events are never changed or removed';
end
$$;
create trigger event_is_append_only before update or delete or truncate on event
    for each statement execute function refuse_change();

-- Names that only one stream may hold at a time; changed only in the transaction of an append.
create table name_reservation (
    key    text primary key,
    holder uuid not null
);

-- The position of each segment of each processor, and its owner (Axon's token store; its times are text).
create table token (
    processor  text    not null,
    segment    integer not null,
    token      bytea,
    token_type text,
    touched_at text    not null,
    owner      text,
    primary key (processor, segment)
);

-- Events that a processing group could not handle, and those that must wait behind them.
create table dead_letter (
    processing_group text        not null,
    sequence         text        not null,
    index            bigint      not null generated always as identity,
    event            uuid        not null references event (id),
    cause_type       text,
    cause_message    text,
    diagnostics      bytea       not null,
    enqueued_at      timestamptz not null,
    last_touched     timestamptz not null,
    primary key (processing_group, sequence, index)
);

-- The timers of db-scheduler 16.
create table scheduled_task (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_task_execution_time on scheduled_task (execution_time);
create index scheduled_task_last_heartbeat on scheduled_task (last_heartbeat);
