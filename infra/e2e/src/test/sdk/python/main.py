"""The Python SDK, unmodified, through every operation that it has. Reads the variables of keelson.env."""

import access
import clusters
import errors
import nodes
import offer
import pools
import upgrades
from scaleway import Client
from scaleway.k8s.v1 import K8SV1API
from steps import Recorded, equal, step
from world import World

api = K8SV1API(Client.from_env())
recorded = Recorded(api)
world = World(api)

offer.reads_the_offer(world)
clusters.creates_a_cluster(world)
clusters.finds_the_cluster(world)
clusters.updates_the_cluster(world)
access.changes_access(world)
pools.changes_pools(world)
nodes.changes_nodes(world)
upgrades.upgrades(world)
upgrades.changes_the_type(world)
errors.is_refused(world)
clusters.deletes_the_cluster(world)

with step(f"calls each of the SDK's {len(recorded.operations)} operations"):
    equal("operations that were not called", recorded.missed(), [])
