"""Hooks for schemathesis: they make half of the requests valid enough to pass the first checks.

The other half stays as generated. In the valid half ids are those of existing resources, and bodies that create a
resource contain the values that cannot be generated: the project of the caller, an offered version, a node type.
"""

import json
import os
import urllib.request
import zlib

import schemathesis

URL = os.environ["SCW_API_URL"]
REGION = os.environ["SCW_DEFAULT_REGION"]
PROJECT = os.environ["SCW_DEFAULT_PROJECT_ID"]
BASE = f"{URL}/k8s/v1/regions/{REGION}"
KINDS = {"cluster_id": "clusters", "pool_id": "pools", "node_id": "nodes"}


def call(path, body=None):
    request = urllib.request.Request(
        BASE + path,
        None if body is None else json.dumps(body).encode(),
        {"X-Auth-Token": os.environ["SCW_SECRET_KEY"], "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


VERSION = call("/versions")["versions"][0]["name"]


def pool(name):
    return {"name": name, "node_type": "DEV1-M", "size": 1}


def cluster(name, pools):
    return {
        "project_id": PROJECT,
        "name": name,
        "version": VERSION,
        "cni": "cilium",
        "private_network_id": "6f7b2c1e-6b0c-4b8e-9a51-3a1f3b5d9c01",
        "pools": pools,
    }


def resources():
    """The ids of some resources of each kind; creates clusters until there are three."""
    found = {"clusters": [c["id"] for c in call("/clusters?page_size=100")["clusters"] if c["status"] == "ready"]}
    while len(found["clusters"]) < 3:
        name = "fuzz-" + os.urandom(4).hex()
        found["clusters"].append(call("/clusters", cluster(name, [pool("one"), pool("two")]))["id"])
    for kind in ("pools", "nodes"):
        found[kind] = [x["id"] for c in found["clusters"] for x in call(f"/clusters/{c}/{kind}")[kind]]
    return found


_cache = {"left": 0, "resources": {}}


def existing(kind, seed):
    if _cache["left"] == 0:
        _cache.update(left=200, resources=resources())
    _cache["left"] -= 1
    ids = _cache["resources"][kind]
    return ids[seed % len(ids)] if ids else None


def seed_of(value):
    return zlib.crc32(repr(value).encode("utf-8", "surrogatepass"))


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    seed = seed_of(path_parameters)
    if path_parameters and seed % 2:
        path_parameters = dict(path_parameters, region=REGION)
        for name, kind in KINDS.items():
            if name in path_parameters:
                path_parameters[name] = existing(kind, seed // 2) or path_parameters[name]
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    seed = seed_of(body)
    if not isinstance(body, dict) or seed % 2:
        return body
    if context.operation.label.endswith("/clusters"):
        kept = {k: v for k, v in body.items() if k in ("tags", "description", "auto_upgrade", "autoscaler_config")}
        return kept | cluster(f"fuzz-{seed}", [pool("one")] if seed % 4 else [])
    if context.operation.label.endswith("/pools"):
        kept = {k: v for k, v in body.items() if k in ("tags", "autohealing", "upgrade_policy", "labels", "taints")}
        return kept | pool(f"fuzz-{seed}")
    return body
