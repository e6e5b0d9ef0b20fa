"""Newer versions for the control plane and the pools, and a larger type."""

from datetime import datetime, timezone

from steps import equal, expect, refused, step
from world import World


def upgrades(world: World) -> None:
    api = world.api
    cluster_id = world.cluster_id
    newest, following = world.versions[0], world.versions[1]
    default_id = world.pools["default"].id

    with step("lists the versions that the cluster may have next"):
        available = api.list_cluster_available_versions(cluster_id=cluster_id)
        names = [version.name for version in available.versions]
        expect(following in names, f"{following} is missing in {names}")
        expect(newest not in names, f"{newest} skips a minor")

    with step("upgrades the control plane, then a pool"):
        cluster = api.upgrade_cluster(
            cluster_id=cluster_id, version=following, upgrade_pools=False
        )
        equal("cluster", (cluster.status, cluster.version), ("updating", following))
        world.settled()
        equal("pool", api.get_pool(pool_id=default_id).version, world.versions[2])
        pool = api.upgrade_pool(pool_id=default_id, version=following)
        equal("pool", (pool.status, pool.version), ("upgrading", following))
        world.upgraded(default_id, following)

    with step("upgrades the cluster with its pools, which cannot be resized meanwhile"):
        cluster = api.upgrade_cluster(cluster_id=cluster_id, version=newest, upgrade_pools=True)
        equal("cluster", (cluster.status, cluster.version), ("updating", newest))
        body = refused(
            409, "transient_state", lambda: api.update_pool(pool_id=default_id, size=5)
        )
        expect(bool(body["current_state"]), "no current state")
        equal("version", world.settled().version, newest)
        for pool in world.pools.values():
            world.upgraded(pool.id, newest)


def changes_the_type(world: World) -> None:
    api = world.api
    cluster_id = world.cluster_id

    def offered() -> list[str]:
        answer = api.list_cluster_available_types(cluster_id=cluster_id)
        return [t.name for t in answer.cluster_types]

    with step("changes the type of the cluster to one that is offered"):
        expect("kapsule-dedicated-4" in offered(), "kapsule-dedicated-4 is not offered")
        changed = api.set_cluster_type(cluster_id=cluster_id, type_="kapsule-dedicated-4")
        equal("cluster", (changed.status, changed.type_), ("updating", "kapsule-dedicated-4"))
        cluster = world.settled()
        equal("type", cluster.type_, "kapsule-dedicated-4")
        expect(cluster.commitment_ends_at > datetime.now(timezone.utc), "no commitment")
        equal("types", offered(), ["kapsule-dedicated-8", "kapsule-dedicated-16"])
