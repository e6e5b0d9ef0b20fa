package main

import (
	"slices"
	"strings"
	"time"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

func (w *world) changeNodes() {
	pool := w.pools["default"]
	nodes := func() []*k8s.Node {
		return ok(w.api.ListNodes(&k8s.ListNodesRequest{ClusterID: w.cluster.ID, PoolID: &pool.ID}, scw.WithAllPages())).Nodes
	}
	// The pool settles in that size, every node ready and the given one not among them.
	settle := func(size int, gone string) []*k8s.Node {
		eventually("a pool without the node", nodes, func(list []*k8s.Node) bool {
			return !slices.ContainsFunc(list, func(n *k8s.Node) bool { return n.ID == gone })
		})
		w.ready(pool.ID, uint32(size))
		return eventually("every node ready", nodes, func(list []*k8s.Node) bool {
			return len(list) == size && !slices.ContainsFunc(list, func(n *k8s.Node) bool {
				return n.ID == gone || n.Status != k8s.NodeStatusReady
			})
		})
	}

	step("lists the nodes, and gets each", func() {
		for _, listed := range settle(2, "") {
			node := ok(w.api.GetNode(&k8s.GetNodeRequest{NodeID: listed.ID}))
			equal("node", *node, *listed)
			equal("pool", node.PoolID, pool.ID)
			expect(strings.HasPrefix(node.ProviderID, "scaleway://instance/fr-par-1/"), "provider id %q", node.ProviderID)
		}
	})

	step("reboots a node", func() {
		id := nodes()[0].ID
		equal("id", ok(w.api.RebootNode(&k8s.RebootNodeRequest{NodeID: id})).ID, id)
		node := ok(w.api.WaitForNode(&k8s.WaitForNodeRequest{NodeID: id, RetryInterval: pointer(time.Second)}))
		equal("status", node.Status, k8s.NodeStatusReady)
		settle(2, "")
	})

	step("replaces a node", func() {
		id := nodes()[0].ID
		equal("id", ok(w.api.ReplaceNode(&k8s.ReplaceNodeRequest{NodeID: id})).ID, id) //nolint:staticcheck // older clients call it
		settle(2, id)
		gone := refused[*scw.ResourceNotFoundError](w.api.GetNode(&k8s.GetNodeRequest{NodeID: id}))
		equal("resource", gone.Resource, "node")
	})

	step("deletes a node, and the pool is smaller by one", func() {
		id := nodes()[0].ID
		node := ok(w.api.DeleteNode(&k8s.DeleteNodeRequest{NodeID: id}))
		equal("status", node.Status, k8s.NodeStatusDeleting)
		settle(1, id)
	})
}
