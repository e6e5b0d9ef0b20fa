-- Whether other services may see the event. The writer stores it, since a reader may not know the type.
alter table event add column open boolean not null default true;
alter table event disable trigger event_is_append_only;
update event set open = false where type = 'access.api-key-issued';
alter table event enable trigger event_is_append_only;

-- The position of each event in the log: dense, from 1, never changed. The event's own position has the same
-- order, with gaps where transactions rolled back.
create table ledger (
    log_position bigint primary key,
    position     bigint not null,
    constraint ledger_position_key unique (position)
);
create trigger ledger_is_append_only before update or delete or truncate on ledger
    for each statement execute function refuse_change();

-- The last log position, and its event. The transaction that adds positions holds a lock on this row.
create table ledger_head (
    one          boolean primary key default true check (one),
    log_position bigint not null,
    position     bigint not null
);
insert into ledger_head (log_position, position) values (0, 0);

-- The position up to which each follower has handled the log.
create table log_follower (
    name         text primary key,
    log_position bigint not null
);
