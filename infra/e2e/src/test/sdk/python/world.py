"""The state that the steps share."""

from dataclasses import dataclass, field

from scaleway.k8s.v1 import Cluster, K8SV1API, Pool
from scaleway_core.utils import WaitForOptions


@dataclass
class World:
    api: K8SV1API
    versions: list[str] = field(default_factory=list)  # the newest patch of each minor, newest first
    cluster: Cluster | None = None
    pools: dict[str, Pool] = field(default_factory=dict)

    @property
    def cluster_id(self) -> str:
        assert self.cluster is not None
        return self.cluster.id

    def settled(self) -> Cluster:
        """Waits until the cluster is ready."""
        cluster = self.api.wait_for_cluster(cluster_id=self.cluster_id)
        assert cluster.status == "ready", cluster.status
        return cluster

    def ready(self, pool_id: str, size: int) -> Pool:
        """Waits until the pool is ready and has this size."""
        pool = self.api.wait_for_pool(pool_id=pool_id)
        assert (pool.status, pool.size) == ("ready", size), (pool.status, pool.size)
        return pool

    def upgraded(self, pool_id: str, version: str) -> Pool:
        """Waits as the SDK does, but with a condition of its own: a pool shows its new version later."""
        return self.api.wait_for_pool(
            pool_id=pool_id,
            options=WaitForOptions(stop=lambda p: p.status == "ready" and p.version == version),
        )
