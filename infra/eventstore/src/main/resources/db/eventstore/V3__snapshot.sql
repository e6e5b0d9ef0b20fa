-- The newest known state of a long stream, so that only the events after it need to be read. May be emptied at any time.
create table snapshot (
    stream  uuid   not null,
    version bigint not null,
    shape   text   not null,
    state   bytea  not null,
    constraint snapshot_stream_key primary key (stream)
);
