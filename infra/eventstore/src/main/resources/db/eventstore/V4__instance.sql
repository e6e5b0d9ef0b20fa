-- The live instances and their processors. A row with an old heartbeat belongs to an instance that died. The
-- table may be lost in a crash of the server: every instance writes its row again.
create unlogged table instance (
    name         text        primary key,
    processors   text[]      not null,
    heartbeat_at timestamptz not null
);

-- For the least recently touched letter, without sorting all letters.
create index dead_letter_last_touched on dead_letter (processing_group, last_touched, index);
