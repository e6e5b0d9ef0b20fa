-- Rows that are there already have what was the same for all of them before: one rule of access, no time for
-- which their type is booked beyond what their creation says, nodes of one version, no reboot.
--
-- The rule's id is derived from the cluster's as the program derives it: a UUID of version 3 over a name.

update cluster set data = data || jsonb_build_object(
    'acl', jsonb_build_array(jsonb_build_object(
        'id', (overlay(overlay(md5('acl-rule/' || id) placing '3' from 13)
            placing to_hex((('x' || substr(md5('acl-rule/' || id), 17, 1))::bit(4) & b'0011' | b'1000')::int)
            from 17))::uuid,
        'ip', '0.0.0.0/0', 'scalewayRanges', false, 'description', '')),
    'commitmentEndsAt', case when type like '%-dedicated-%'
        then to_char((created_at::timestamptz + interval '30 days') at time zone 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end,
    'upgrading', false);

update pool set data = jsonb_set(data, '{spec,userData}', '{}')
    || jsonb_build_object('oldest', data -> 'spec' -> 'version');

update node set data = jsonb_set(data, '{observed,bootId}', '""')
    || jsonb_build_object('trouble', '', 'leaving', data -> 'observed' ->> 'phase' = 'DELETING');

update operation set data = data || jsonb_build_object('blockedBy', '[]'::jsonb);

-- A rule names no cluster.
alter table cluster add column acl jsonb not null generated always as (data -> 'acl') stored;
create index cluster_of_acl_rule on cluster using gin (acl jsonb_path_ops);
