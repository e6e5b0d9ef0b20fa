"""Nodes of a pool: read, rebooted, replaced, deleted."""

from scaleway.k8s.v1 import Node
from steps import equal, eventually, expect, refused, step
from world import World


def changes_nodes(world: World) -> None:
    api = world.api
    cluster_id = world.cluster_id
    pool_id = world.pools["default"].id

    def nodes() -> list[Node]:
        return api.list_nodes_all(cluster_id=cluster_id, pool_id=pool_id)

    def settles(size: int, gone: str = "") -> list[Node]:
        """Waits until the pool has that size, all nodes are ready, and the given node is deleted."""
        eventually(nodes, lambda found: all(node.id != gone for node in found))
        world.ready(pool_id, size)
        return eventually(
            nodes,
            lambda found: len(found) == size and all(node.status == "ready" for node in found),
        )

    with step("lists the nodes, and gets each"):
        for listed in settles(2):
            node = api.get_node(node_id=listed.id)
            equal("node", node, listed)
            equal("pool", node.pool_id, pool_id)
            expect(node.provider_id.startswith("scaleway://instance/"), node.provider_id)
        equal("all", len(api.list_nodes_all(cluster_id=cluster_id, page_size=1)), 3)

    with step("reboots a node"):
        node_id = nodes()[0].id
        equal("node", api.reboot_node(node_id=node_id).id, node_id)
        equal("status", api.wait_for_node(node_id=node_id).status, "ready")
        settles(2)

    with step("replaces a node"):
        node_id = nodes()[0].id
        equal("node", api.replace_node(node_id=node_id).id, node_id)
        settles(2, gone=node_id)
        body = refused(404, "not_found", lambda: api.get_node(node_id=node_id))
        equal("resource", body["resource"], "node")

    with step("deletes a node, and the pool is smaller by one"):
        node_id = nodes()[0].id
        equal("status", api.delete_node(node_id=node_id, skip_drain=False).status, "deleting")
        settles(1, gone=node_id)
