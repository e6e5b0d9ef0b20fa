"""The access rules and the credentials of the cluster's API server."""

import base64

import yaml
from scaleway.k8s.v1 import ACLRule, ACLRuleRequest
from steps import equal, eventually, expect, refused, step
from world import World


def changes_access(world: World) -> None:
    api = world.api
    cluster_id = world.cluster_id

    def kubeconfig(**more) -> dict:
        # In the SDK this operation is private, and there is no public one for it.
        file = api._get_cluster_kube_config(cluster_id=cluster_id, **more)
        equal("name", file.name, "kubeconfig")
        equal("content type", file.content_type, "application/octet-stream")
        return yaml.safe_load(base64.b64decode(file.content))

    def token(**more) -> str:
        return kubeconfig(**more)["users"][0]["user"]["token"]

    def rules() -> list[ACLRule]:
        return api.list_cluster_acl_rules_all(cluster_id=cluster_id)

    with step("reads the kubeconfig, with its token and without"):
        config = kubeconfig()
        equal("server", config["clusters"][0]["cluster"]["server"], world.cluster.cluster_url)
        equal("length of the token", len(token()), 56)
        equal("token", token(redacted=True), "REDACTED_TOKEN")

    with step("resets the admin token"):
        before = token()
        api.reset_cluster_admin_token(cluster_id=cluster_id)
        world.settled()
        eventually(token, lambda after: after != before)

    with step("replaces the rules of access"):
        [default] = rules()
        equal("address", default.ip, "0.0.0.0/0")
        answer = api.set_cluster_acl_rules(
            cluster_id=cluster_id,
            acls=[
                ACLRuleRequest(description="office", ip="203.0.113.0/24", scaleway_ranges=None),
                ACLRuleRequest(description="provider", scaleway_ranges=True),
            ],
        )
        equal("rules", [rule.description for rule in answer.rules], ["office", "provider"])
        expect(default.id not in [rule.id for rule in answer.rules], "a rule was kept")
        world.settled()

    with step("adds a rule of access, and lists them all"):
        answer = api.add_cluster_acl_rules(
            cluster_id=cluster_id,
            acls=[ACLRuleRequest(description="gate", ip="198.51.100.7/32", scaleway_ranges=None)],
        )
        equal("rules", [rule.ip for rule in answer.rules], ["198.51.100.7/32"])
        world.settled()
        addresses = [rule.ip for rule in rules() if rule.ip]
        equal("addresses", addresses, ["198.51.100.7/32", "203.0.113.0/24"])
        equal("count", api.list_cluster_acl_rules(cluster_id=cluster_id).total_count, 3)

    with step("is refused a second rule for the ranges of the provider"):
        again = [ACLRuleRequest(description="again", scaleway_ranges=True)]
        refused(
            400,
            "invalid_arguments",
            lambda: api.add_cluster_acl_rules(cluster_id=cluster_id, acls=again),
        )

    with step("deletes a rule of access"):
        [gate] = [rule for rule in rules() if rule.description == "gate"]
        api.delete_acl_rule(acl_id=gate.id)
        world.settled()
        left = sorted(rule.description for rule in rules())
        equal("rules", left, ["office", "provider"])
        refused(404, "not_found", lambda: api.delete_acl_rule(acl_id=gate.id))
