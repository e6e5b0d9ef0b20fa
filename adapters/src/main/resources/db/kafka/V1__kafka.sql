-- What the bus needs to know in the same transaction as an effect. Nothing else writes it.

-- The region in which a cluster was created: part of the source of every event about it.
create table kafka.cluster_region (
    cluster uuid primary key,
    region  text not null
);

-- How far a partition of the intake has been taken. Whoever is given the partition raises the claim; who
-- holds an older one can write no more. Kafka's own generations are forgotten with an empty group.
create table kafka.intake_offset (
    topic       text    not null,
    partition   integer not null,
    next_offset bigint,
    epoch       bigint  not null,
    primary key (topic, partition)
);

-- What could not be taken, byte for byte, until somebody releases or discards it.
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

-- What became of each event of another service: the first delivery of it is the one that counts.
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

-- The deliveries after the first. They had no effect.
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
