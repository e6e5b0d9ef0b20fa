-- Who works on the events now, and for which processors. A row whose heartbeat is old is left by an instance
-- that died. Nothing in it is worth keeping over a crash of the server: everybody writes their own again.
create unlogged table instance (
    name         text        primary key,
    processors   text[]      not null,
    heartbeat_at timestamptz not null
);

-- For the letter that was left alone for longest, without sorting all of them.
create index dead_letter_last_touched on dead_letter (processing_group, last_touched, index);
