package main

import (
	"strings"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

const nothing = "11111111-2222-4333-8444-555555555555"

// beRefused makes calls that must fail, with the error classes of the SDK.
func (w *world) beRefused() {
	step("is told what is not found", func() {
		cluster := refused[*scw.ResourceNotFoundError](w.api.GetCluster(&k8s.GetClusterRequest{ClusterID: nothing}))
		equal("resource", cluster.Resource, "cluster")
		equal("id", cluster.ResourceID, nothing)
		pool := refused[*scw.ResourceNotFoundError](w.api.DeletePool(&k8s.DeletePoolRequest{PoolID: nothing}))
		equal("resource", pool.Resource, "pool")
		node := refused[*scw.ResourceNotFoundError](w.api.RebootNode(&k8s.RebootNodeRequest{NodeID: nothing}))
		equal("resource", node.Resource, "node")
	})

	step("is told which arguments are invalid", func() {
		refusal := refused[*scw.InvalidArgumentsError](w.api.CreateCluster(&k8s.CreateClusterRequest{
			Name: strings.Repeat("x", 101), Version: "1.2.3", Cni: k8s.CNICilium, PrivateNetworkID: pointer(network),
		}))
		found := map[string]string{}
		for _, detail := range refusal.Details {
			found[detail.ArgumentName] = detail.Reason
		}
		expect(found["name"] != "" && found["version"] != "", "incomplete: %v", found)
	})

	step("is told that it asks for more nodes than there may be", func() {
		refusal := refused[*scw.QuotasExceededError](w.api.CreatePool(&k8s.CreatePoolRequest{
			ClusterID: w.cluster.ID, Name: "huge", NodeType: "DEV1-M", Size: 250,
		}))
		equal("quota", refusal.Details[0].Quota, uint32(250))
	})

	step("is told that its key is unknown", func() {
		client := ok(scw.NewClient(scw.WithEnv(), scw.WithAuth("SCWXXXXXXXXXXXXXXXXX", nothing)))
		refusal := refused[*scw.DeniedAuthenticationError](k8s.NewAPI(client).ListClusters(&k8s.ListClustersRequest{}))
		equal("method", refusal.Method, "api_key")
		equal("reason", refusal.Reason, "not_found")
	})

	// Nodes of other providers come later: until then this call ends in a clear refusal.
	step("is refused AuthExternalNode", func() {
		refusal := refused[scw.SdkError](w.api.AuthExternalNode(&k8s.AuthExternalNodeRequest{PoolID: w.pools["default"].ID}))
		expect(refusal.Error() != "", "no message")
	})
}
