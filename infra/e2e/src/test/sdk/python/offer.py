"""The offered versions and types."""

from steps import equal, expect, refused, step
from world import World


def minor(version: str) -> int:
    return int(version.split(".")[1])


def reads_the_offer(world: World) -> None:
    api = world.api

    with step("lists the versions, the newest first"):
        versions = api.list_versions().versions
        minors = [minor(version.name) for version in versions]
        equal("order of minors", minors, sorted(minors, reverse=True))
        for index, version in enumerate(versions):
            equal("label", version.label, f"Kubernetes {version.name}")
            expect("cilium" in version.available_cnis, f"{version.name} has no cilium")
            equal("maxPods", version.available_kubelet_args["maxPods"], "uint16")
            expect(version.released_at is not None, f"{version.name} was never released")
            if index == 0 or minors[index] != minors[index - 1]:
                world.versions.append(version.name)
        expect(len(world.versions) >= 3, f"two upgrades go through three minors: {world.versions}")

    with step("gets one version"):
        equal("name", api.get_version(version_name=world.versions[0]).name, world.versions[0])
        body = refused(404, "not_found", lambda: api.get_version(version_name="1.2.3"))
        equal("resource", body["resource"], "version")

    with step("lists the cluster types, on one page and on several"):
        types = api.list_cluster_types_all()
        dedicated = next(t for t in types if t.name == "kapsule-dedicated-4")
        equal("max nodes", dedicated.max_nodes, 250)
        equal("commitment", dedicated.commitment_delay, "2592000s")
        equal("sla", dedicated.sla, 99.5)
        equal("memory", dedicated.memory, 4_000_000_000)
        equal("resiliency", dedicated.resiliency, "high_availability")
        equal("by pages of 3", api.list_cluster_types_all(page_size=3), types)
        equal("count", api.list_cluster_types(page=2, page_size=3).total_count, len(types))
