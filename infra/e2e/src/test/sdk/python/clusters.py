"""A cluster from its creation to the 404."""

import os
import time
from dataclasses import replace
from uuid import uuid4

from scaleway.k8s.v1 import (
    AutoscalerEstimator,
    AutoscalerExpander,
    CNI,
    CreateClusterRequestAutoscalerConfig,
    CreateClusterRequestAutoUpgrade,
    CreateClusterRequestPoolConfig,
    ListPoolsRequestOrderBy,
    MaintenanceWindow,
    MaintenanceWindowDayOfTheWeek,
    PoolVolumeType,
    Runtime,
    UpdateClusterRequestAutoscalerConfig,
    UpdateClusterRequestAutoUpgrade,
    UpdateClusterRequestOpenIDConnectConfig,
)
from steps import equal, expect, refused, step
from world import World

NAME = f"python-{time.time_ns() // 1_000_000}"
NETWORK = str(uuid4())


def pool(name: str, size: int) -> CreateClusterRequestPoolConfig:
    return CreateClusterRequestPoolConfig(
        name=name,
        node_type="DEV1-M",
        autoscaling=False,
        size=size,
        container_runtime=Runtime.CONTAINERD,
        autohealing=True,
        tags=["e2e"],
        kubelet_args={},
        zone=os.environ["SCW_DEFAULT_ZONE"],
        root_volume_type=PoolVolumeType.DEFAULT_VOLUME_TYPE,
        public_ip_disabled=False,
        labels={},
        taints=[],
        startup_taints=[],
        user_data={},
    )


def creates_a_cluster(world: World) -> None:
    api = world.api

    with step("creates a cluster with two pools"):
        cluster = api.create_cluster(
            type_="kapsule",
            name=NAME,
            description="made by the Python SDK",
            tags=["e2e", "python"],
            version=world.versions[2],
            cni=CNI.CILIUM,
            private_network_id=NETWORK,
            pools=[pool("default", 2), pool("spare", 1)],
            autoscaler_config=CreateClusterRequestAutoscalerConfig(
                estimator=AutoscalerEstimator.BINPACKING,
                expander=AutoscalerExpander.LEAST_WASTE,
                scale_down_delay_after_add="20m",
                scale_down_utilization_threshold=0.25,
                max_graceful_termination_sec=300,
            ),
            auto_upgrade=CreateClusterRequestAutoUpgrade(
                enable=True,
                maintenance_window=MaintenanceWindow(
                    start_hour=3, day=MaintenanceWindowDayOfTheWeek.SUNDAY
                ),
            ),
        )
        equal("status", cluster.status, "creating")
        equal("name", cluster.name, NAME)
        equal("tags", cluster.tags, ["e2e", "python"])
        equal("version", cluster.version, world.versions[2])
        equal("project", cluster.project_id, os.environ["SCW_DEFAULT_PROJECT_ID"])
        equal("network", cluster.private_network_id, NETWORK)
        equal("expander", cluster.autoscaler_config.expander, "least_waste")
        equal("delay", cluster.autoscaler_config.scale_down_delay_after_add, "20m")
        equal("threshold", cluster.autoscaler_config.scale_down_utilization_threshold, 0.25)
        equal("auto upgrade", cluster.auto_upgrade.enabled, True)
        equal("hour", cluster.auto_upgrade.maintenance_window.start_hour, 3)
        expect(cluster.created_at is not None, "no instant of creation")
        world.cluster = cluster

    with step("waits until the cluster and its pools are ready"):
        world.settled()
        for name, size in (("default", 2), ("spare", 1)):
            [found] = api.list_pools_all(cluster_id=world.cluster_id, name=name)
            world.pools[name] = world.ready(found.id, size)
            equal("type", world.pools[name].node_type, "dev1_m")
            equal("version", world.pools[name].version, world.versions[2])


def finds_the_cluster(world: World) -> None:
    api = world.api

    with step("gets the cluster"):
        cluster = api.get_cluster(cluster_id=world.cluster_id)
        equal("status", cluster.status, "ready")
        equal("upgrade available", cluster.upgrade_available, True)

    with step("finds the cluster in lists"):
        for criterion in (
            {"name": NAME[1:]},
            {"project_id": cluster.project_id},
            {"private_network_id": NETWORK},
            {"status": "ready"},
            {"status": "unknown"},
            {"type_": "kapsule"},
            {"version": cluster.version},
            {"page_size": 1},
        ):
            found = [c.id for c in api.list_clusters_all(**criterion)]
            expect(world.cluster_id in found, f"not found by {criterion}")

    with step("pages through lists"):
        for order, names in (
            (ListPoolsRequestOrderBy.NAME_ASC, ["default", "spare"]),
            (ListPoolsRequestOrderBy.NAME_DESC, ["spare", "default"]),
        ):
            pools = api.list_pools_all(cluster_id=world.cluster_id, order_by=order, page_size=1)
            equal("pools", [p.name for p in pools], names)


def updates_the_cluster(world: World) -> None:
    api = world.api

    with step("updates name, description, tags and settings of the cluster"):
        changed = api.update_cluster(
            cluster_id=world.cluster_id,
            name=f"{NAME}-renamed",
            description="changed by the Python SDK",
            tags=["changed"],
            # This class sends 0 and false for missing values, unless they are None explicitly.
            autoscaler_config=UpdateClusterRequestAutoscalerConfig(
                estimator=AutoscalerEstimator.UNKNOWN_ESTIMATOR,
                expander=AutoscalerExpander.PRIORITY,
                scale_down_disabled=True,
                ignore_daemonsets_utilization=None,
                balance_similar_node_groups=None,
                expendable_pods_priority_cutoff=None,
                scale_down_utilization_threshold=None,
                max_graceful_termination_sec=None,
                skip_nodes_with_local_storage=None,
                log_level=4,
            ),
            auto_upgrade=UpdateClusterRequestAutoUpgrade(
                enable=True,
                maintenance_window=MaintenanceWindow(
                    start_hour=4, day=MaintenanceWindowDayOfTheWeek.MONDAY
                ),
            ),
            open_id_connect_config=UpdateClusterRequestOpenIDConnectConfig(
                issuer_url="https://issuer.example.com", client_id="kubernetes"
            ),
        )
        equal("status", changed.status, "updating")
        cluster = world.settled()
        equal("name", cluster.name, f"{NAME}-renamed")
        equal("description", cluster.description, "changed by the Python SDK")
        equal("tags", cluster.tags, ["changed"])
        equal("hour", cluster.auto_upgrade.maintenance_window.start_hour, 4)
        equal("issuer", cluster.open_id_connect_config.issuer_url, "https://issuer.example.com")
        settings = cluster.autoscaler_config
        equal("expander", settings.expander, "priority")
        equal("scale down disabled", settings.scale_down_disabled, True)
        equal("log level", settings.log_level, 4)
        # Values that were missing or unknown are unchanged.
        equal("estimator", settings.estimator, "binpacking")
        equal("delay", settings.scale_down_delay_after_add, "20m")
        equal("threshold", settings.scale_down_utilization_threshold, 0.25)
        equal("termination", settings.max_graceful_termination_sec, 300)
        world.cluster = cluster

    with step("an update of nothing changes nothing"):
        equal("status", api.update_cluster(cluster_id=world.cluster_id).status, "updating")
        cluster = world.settled()
        equal("cluster", replace(cluster, updated_at=world.cluster.updated_at), world.cluster)


def deletes_the_cluster(world: World) -> None:
    api = world.api

    with step("deletes the cluster"):
        cluster = api.delete_cluster(cluster_id=world.cluster_id, with_additional_resources=True)
        equal("status", cluster.status, "deleting")

    with step("waits until the cluster is gone"):
        body = refused(
            404, "not_found", lambda: api.wait_for_cluster(cluster_id=world.cluster_id)
        )
        equal("resource", (body["resource"], body["resource_id"]), ("cluster", world.cluster_id))
