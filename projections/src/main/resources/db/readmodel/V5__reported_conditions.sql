-- What other services report of a node stands beside what the provider shows of it: rows that are there
-- already have no report yet, and the phase is that of both.
update node set data = data || jsonb_build_object('reported', '{}'::jsonb, 'phase', data -> 'observed' -> 'phase');
alter table node drop column phase;
alter table node
    add column phase text collate "C" not null generated always as (data ->> 'phase') stored,
    add column provider_id text collate "C" not null
        generated always as (data -> 'observed' ->> 'providerId') stored;

-- Other services know a node by its machine, also after its end.
create index node_of_provider on node (provider_id) where provider_id <> '';
