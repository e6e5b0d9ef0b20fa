-- The state of the Kafka adapter. It is written in the same transaction as the effect of an event, and by this adapter only.

-- The region in which a cluster was created: part of the source of every event about it.
create table kafka.cluster_region (
    cluster uuid primary key,
    region  text not null
);

-- The next offset of each partition of the intake. A consumer that is assigned the partition raises the epoch; a consumer with an
-- older epoch can write no more. Kafka forgets its own generations when the consumer group is empty.
create table kafka.intake_offset (
    topic       text    not null,
    partition   integer not null,
    next_offset bigint,
    epoch       bigint  not null,
    primary key (topic, partition)
);

-- Records that could not be processed, byte for byte, until an operator releases or discards them.
create table kafka.quarantine (
    id            uuid        primary key,
    reason        text        not null,
    detail        text        not null,
    producer      text        not null,
    source        text,
    event_id      text,
    topic         text        not null,
    partition     integer     not null,
    record_offset bigint      not null,
    received_at   timestamptz not null,
    record_key    bytea,
    headers       bytea       not null, -- JSON: [{"key": "ce_id", "value": base64 or null}, ...]
    record_value  bytea
);
create unique index quarantine_of_record on kafka.quarantine (topic, partition, record_offset, id);

-- The outcome of the first delivery of each event of another service; later deliveries have no effect.
create table kafka.receipt (
    source         text        not null,
    event_id       text        not null,
    producer       text        not null,
    type           text        not null,
    outcome        text        not null,
    stream         uuid,
    stream_version bigint,
    quarantine     uuid references kafka.quarantine (id),
    received_at    timestamptz not null,
    topic          text        not null,
    partition      integer     not null,
    record_offset  bigint      not null,
    primary key (source, event_id)
);
create index receipt_of_producer on kafka.receipt (producer, received_at);

-- Deliveries after the first.
create table kafka.duplicate (
    source        text        not null,
    event_id      text        not null,
    producer      text        not null,
    received_at   timestamptz not null,
    topic         text        not null,
    partition     integer     not null,
    record_offset bigint      not null,
    primary key (source, event_id, topic, partition, record_offset)
);
