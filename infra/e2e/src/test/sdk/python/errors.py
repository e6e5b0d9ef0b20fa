"""The errors of calls that must fail."""

from uuid import uuid4

from scaleway import Client
from scaleway.k8s.v1 import CNI, K8SV1API
from scaleway_core.api import ScalewayException
from steps import equal, expect, refused, step
from world import World


def is_refused(world: World) -> None:
    api = world.api

    with step("is told what is not found"):
        unknown = str(uuid4())
        for resource, call in (
            ("cluster", lambda: api.get_cluster(cluster_id=unknown)),
            ("cluster", lambda: api.list_pools(cluster_id=unknown)),
            ("pool", lambda: api.delete_pool(pool_id=unknown)),
            ("node", lambda: api.reboot_node(node_id=unknown)),
        ):
            body = refused(404, "not_found", call)
            equal("resource", (body["resource"], body["resource_id"]), (resource, unknown))

    with step("is told all arguments that are invalid"):
        body = refused(
            400,
            "invalid_arguments",
            lambda: api.create_cluster(
                type_="enormous",
                name="x" * 101,
                description="",
                version="1.2.3",
                cni=CNI.CILIUM,
                private_network_id="none",
            ),
        )
        names = {detail["argument_name"] for detail in body["details"]}
        expected = {"type", "name", "version", "private_network_id"}
        equal("missing arguments", expected - names, set())

    with step("is told that it asks for more nodes than there may be"):
        body = refused(
            403,
            "quotas_exceeded",
            lambda: api.create_pool(
                cluster_id=world.cluster_id,
                name="huge",
                node_type="DEV1-M",
                size=250,
                autoscaling=False,
                autohealing=False,
                public_ip_disabled=False,
            ),
        )
        equal("quota", body["details"][0]["quota"], 250)

    with step("is told that its key is unknown"):
        client = Client.from_env()
        client.secret_key = str(uuid4())
        body = refused(401, "denied_authentication", lambda: K8SV1API(client).list_clusters())
        equal("reason", (body["method"], body["reason"]), ("api_key", "not_found"))

    # Nodes of other providers are not supported yet: these calls must fail with a clear error.
    for name, call in (
        ("get_node_metadata", lambda: api.get_node_metadata()),
        ("auth_external_node", lambda: api.auth_external_node(pool_id=world.pools["default"].id)),
    ):
        with step(f"is refused {name}"):
            try:
                call()
            except ScalewayException as error:
                expect(400 <= error.status_code < 500, f"answered {error.status_code}")
                expect(bool(error.response.json()["message"]), "no message")
            else:
                raise AssertionError("it was answered")

    # This client is newer than the API: some of its calls have no route.
    with step("is refused list_user_data"):
        pool_id = world.pools["default"].id
        body = refused(404, "", lambda: api.list_user_data(pool_id=pool_id))
        equal("message", body["message"], "Not Found")
