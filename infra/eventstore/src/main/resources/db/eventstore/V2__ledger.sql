-- Whether other services may see it: said by who wrote it, since who reads it may not know its type.
alter table event add column open boolean not null default true;
alter table event disable trigger event_is_append_only;
update event set open = false where type = 'access.api-key-issued';
alter table event enable trigger event_is_append_only;

-- Every event's place in the one order of all: dense, from 1, given once. An event's own position says the
-- same order, but has holes where transactions rolled back.
create table ledger (
    log_position bigint primary key,
    position     bigint not null,
    constraint ledger_position_key unique (position)
);
create trigger ledger_is_append_only before update or delete or truncate on ledger
    for each statement execute function refuse_change();

-- The last place that was given, and to which event. Who gives the next ones has this row locked.
create table ledger_head (
    one          boolean primary key default true check (one),
    log_position bigint not null,
    position     bigint not null
);
insert into ledger_head (log_position, position) values (0, 0);

-- Up to which place each follower has handled the log.
create table log_follower (
    name         text primary key,
    log_position bigint not null
);
