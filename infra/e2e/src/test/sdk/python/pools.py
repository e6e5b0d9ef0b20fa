"""A pool from its creation to the 404."""

import base64

from scaleway.k8s.v1 import (
    CoreV1Taint,
    CoreV1TaintEffect,
    CreatePoolRequestUpgradePolicy,
    UpdatePoolRequestUpgradePolicy,
)
from steps import equal, expect, refused, step
from world import World

CLOUD_CONFIG = b"#cloud-config\n"


def changes_pools(world: World) -> None:
    api = world.api
    cluster_id = world.cluster_id

    with step("creates a pool with labels, taints and user data, and waits for it"):
        pool = api.create_pool(
            cluster_id=cluster_id,
            name="late",
            node_type="PRO2_XXS",
            size=1,
            min_size=1,
            max_size=3,
            autoscaling=True,
            autohealing=False,
            public_ip_disabled=True,
            tags=["late"],
            kubelet_args={"maxPods": "60"},
            upgrade_policy=CreatePoolRequestUpgradePolicy(max_unavailable=2, max_surge=1),
            root_volume_size=40_000_000_000,
            labels={"tier": "web"},
            taints=[CoreV1Taint("dedicated", "web", CoreV1TaintEffect.NO_EXECUTE)],
            startup_taints=[CoreV1Taint("starting", "", CoreV1TaintEffect.NO_SCHEDULE)],
            user_data={"cloud-init": base64.b64encode(CLOUD_CONFIG).decode()},
        )
        equal("status", pool.status, "scaling")
        equal("node type", pool.node_type, "pro2_xxs")
        equal("volume", pool.root_volume_size, 40_000_000_000)
        equal("sizes", (pool.size, pool.min_size, pool.max_size), (1, 1, 3))
        equal("surge", pool.upgrade_policy.max_surge, 1)
        equal("labels", pool.labels, {"tier": "web"})
        equal("taints", [(t.key, t.value, t.effect) for t in pool.taints], [("dedicated", "web", "NoExecute")])
        equal("startup taints", [t.key for t in pool.startup_taints], ["starting"])
        world.ready(pool.id, 1)

    with step("reads user data of the pool"):
        file = api.get_user_data(pool_id=pool.id, key="cloud-init")
        equal("content", base64.b64decode(file.content), CLOUD_CONFIG)
        refused(404, "not_found", lambda: api.get_user_data(pool_id=pool.id, key="none"))

    with step("sets labels, taints and startup taints of the pool"):
        labels = {"tier": "batch", "example.com/team": "blue"}
        equal("labels", api.set_pool_labels(pool_id=pool.id, labels=labels).labels, labels)
        changed = api.set_pool_taints(
            pool_id=pool.id,
            taints=[
                CoreV1Taint("second", "", CoreV1TaintEffect.PREFER_NO_SCHEDULE),
                CoreV1Taint("first", "yes", CoreV1TaintEffect.NO_SCHEDULE),
            ],
        )
        equal("taints", [taint.key for taint in changed.taints], ["first", "second"])
        changed = api.set_pool_startup_taints(pool_id=pool.id, startup_taints=[])
        equal("startup taints", changed.startup_taints, [])
        equal("labels", world.ready(pool.id, 1).labels, labels)

    with step("updates the pool, its size apart"):
        changed = api.update_pool(
            pool_id=pool.id,
            max_size=5,
            autohealing=True,
            tags=[],
            upgrade_policy=UpdatePoolRequestUpgradePolicy(max_unavailable=None, max_surge=2),
        )
        equal("sizes", (changed.size, changed.min_size, changed.max_size), (1, 1, 5))
        equal("autohealing", changed.autohealing, True)
        equal("tags", changed.tags, [])
        policy = changed.upgrade_policy
        equal("policy", (policy.max_unavailable, policy.max_surge), (2, 2))

    with step("resizes the pool, up and down"):
        for size in (3, 1):
            equal("status", api.update_pool(pool_id=pool.id, size=size).status, "scaling")
            world.ready(pool.id, size)

    with step("gets and finds the pool"):
        equal("name", api.get_pool(pool_id=pool.id).name, "late")
        found = api.list_pools(cluster_id=cluster_id, name="lat", status="ready")
        equal("pools", [p.id for p in found.pools], [pool.id])

    with step("is refused a pool of a name that is taken"):
        body = refused(
            400,
            "invalid_arguments",
            lambda: api.create_pool(
                cluster_id=cluster_id,
                name="late",
                node_type="DEV1-M",
                size=1,
                autoscaling=False,
                autohealing=False,
                public_ip_disabled=False,
            ),
        )
        equal("argument", body["details"][0]["argument_name"], "name")

    with step("deletes the pool, and waits until it is gone"):
        equal("status", api.delete_pool(pool_id=pool.id).status, "deleting")
        body = refused(404, "not_found", lambda: api.wait_for_pool(pool_id=pool.id))
        equal("resource", (body["resource"], body["resource_id"]), ("pool", pool.id))
        left = [p.id for p in api.list_pools_all(cluster_id=cluster_id)]
        expect(pool.id not in left, "it is still listed")
