package main

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

const network = "6f7b2c1e-6b0c-4b8e-9a51-3a1f3b5d9c02"

var clusterName = fmt.Sprintf("go-%d", time.Now().UnixMilli())

func (w *world) createACluster() {
	pool := func(name string, size uint32) *k8s.CreateClusterRequestPoolConfig {
		return &k8s.CreateClusterRequestPoolConfig{
			Name: name, NodeType: "DEV1-M", Size: size, Autohealing: true, Tags: []string{"e2e"},
		}
	}

	step("creates a cluster with two pools", func() {
		cluster := ok(w.api.CreateCluster(&k8s.CreateClusterRequest{
			Name:             clusterName,
			Type:             "kapsule",
			Description:      "made by the Go SDK",
			Tags:             []string{"e2e", "go"},
			Version:          w.versions[2],
			Cni:              k8s.CNICilium,
			PrivateNetworkID: pointer(network),
			Pools:            []*k8s.CreateClusterRequestPoolConfig{pool("default", 2), pool("spare", 1)},
			AutoscalerConfig: &k8s.CreateClusterRequestAutoscalerConfig{
				Expander:               k8s.AutoscalerExpanderLeastWaste,
				ScaleDownDelayAfterAdd: pointer("20m"),
			},
			AutoUpgrade: &k8s.CreateClusterRequestAutoUpgrade{
				Enable:            true,
				MaintenanceWindow: &k8s.MaintenanceWindow{StartHour: 3, Day: k8s.MaintenanceWindowDayOfTheWeekSunday},
			},
		}))
		equal("status", cluster.Status, k8s.ClusterStatusCreating)
		equal("name", cluster.Name, clusterName)
		equal("version", cluster.Version, w.versions[2])
		equal("project", cluster.ProjectID, os.Getenv("SCW_DEFAULT_PROJECT_ID"))
		equal("network", *cluster.PrivateNetworkID, network)
		equal("expander", cluster.AutoscalerConfig.Expander, k8s.AutoscalerExpanderLeastWaste)
		equal("estimator", cluster.AutoscalerConfig.Estimator, k8s.AutoscalerEstimatorBinpacking)
		equal("delay", cluster.AutoscalerConfig.ScaleDownDelayAfterAdd, "20m")
		equal("auto upgrade", *cluster.AutoUpgrade, k8s.ClusterAutoUpgrade{
			Enabled:           true,
			MaintenanceWindow: &k8s.MaintenanceWindow{StartHour: 3, Day: k8s.MaintenanceWindowDayOfTheWeekSunday},
		})
		equal("pods", cluster.PodCidr.String(), "100.64.0.0/15")
		equal("services", cluster.ServiceCidr.String(), "10.32.0.0/20")
		equal("DNS", cluster.ServiceDNSIP.String(), "10.32.0.10")
		w.cluster = cluster
	})

	step("waits for the cluster, then for its pools", func() {
		waited := ok(w.api.WaitForCluster(&k8s.WaitForClusterRequest{ClusterID: w.cluster.ID}))
		equal("status", waited.Status, k8s.ClusterStatusReady)
		ok(w.api.WaitForClusterPool(&k8s.WaitForClusterRequest{ClusterID: w.cluster.ID}))
		for _, pool := range w.list() {
			equal("status of "+pool.Name, pool.Status, k8s.PoolStatusReady)
			equal("type of "+pool.Name, pool.NodeType, "dev1_m")
			equal("version of "+pool.Name, pool.Version, w.versions[2])
			w.pools[pool.Name] = pool
		}
		equal("pools", len(w.pools), 2)
		equal("size", w.pools["default"].Size, uint32(2))
	})
}

// list lists the pools of the cluster.
func (w *world) list() []*k8s.Pool {
	return ok(w.api.ListPools(&k8s.ListPoolsRequest{ClusterID: w.cluster.ID}, scw.WithAllPages())).Pools
}

// settled waits until the cluster is ready.
func (w *world) settled() *k8s.Cluster {
	cluster := ok(w.api.WaitForCluster(&k8s.WaitForClusterRequest{
		ClusterID: w.cluster.ID, RetryInterval: pointer(time.Second),
	}))
	equal("status", cluster.Status, k8s.ClusterStatusReady)
	return cluster
}

func (w *world) findTheCluster() {
	step("gets the cluster", func() {
		cluster := ok(w.api.GetCluster(&k8s.GetClusterRequest{ClusterID: w.cluster.ID}))
		equal("status", cluster.Status, k8s.ClusterStatusReady)
		expect(cluster.UpgradeAvailable, "no upgrade is available")
	})

	step("finds the cluster in lists", func() {
		for _, filter := range []*k8s.ListClustersRequest{
			{Name: pointer(clusterName[1:])},
			{ProjectID: &w.cluster.ProjectID},
			{PrivateNetworkID: pointer(network)},
			{Status: k8s.ClusterStatusReady},
			{Status: k8s.ClusterStatusUnknown},
			{Type: pointer("kapsule"), OrderBy: k8s.ListClustersRequestOrderByCreatedAtDesc},
		} {
			clusters := ok(w.api.ListClusters(filter, scw.WithAllPages())).Clusters
			found := slices.ContainsFunc(clusters, func(c *k8s.Cluster) bool { return c.ID == w.cluster.ID })
			expect(found, "not found by %+v", *filter)
		}
	})
}

func (w *world) updateTheCluster() {
	step("updates name, description, tags and settings of the cluster", func() {
		changed := ok(w.api.UpdateCluster(&k8s.UpdateClusterRequest{
			ClusterID:   w.cluster.ID,
			Name:        pointer(clusterName + "-renamed"),
			Description: pointer("changed by the Go SDK"),
			Tags:        &[]string{"changed"},
			AutoscalerConfig: &k8s.UpdateClusterRequestAutoscalerConfig{
				Expander:  k8s.AutoscalerExpanderPriority,
				LogLevel:  pointer(int32(4)),
				Estimator: k8s.AutoscalerEstimatorUnknownEstimator,
			},
			AutoUpgrade: &k8s.UpdateClusterRequestAutoUpgrade{Enable: pointer(false)},
		}))
		equal("status", changed.Status, k8s.ClusterStatusUpdating)
		cluster := w.settled()
		equal("name", cluster.Name, clusterName+"-renamed")
		equal("description", cluster.Description, "changed by the Go SDK")
		equal("tags", cluster.Tags, []string{"changed"})
		equal("expander", cluster.AutoscalerConfig.Expander, k8s.AutoscalerExpanderPriority)
		equal("log level", cluster.AutoscalerConfig.LogLevel, int32(4))
		equal("auto upgrade", cluster.AutoUpgrade.Enabled, false)
		// What was null, or unknown, is as it was.
		equal("estimator", cluster.AutoscalerConfig.Estimator, k8s.AutoscalerEstimatorBinpacking)
		equal("delay", cluster.AutoscalerConfig.ScaleDownDelayAfterAdd, "20m")
		equal("window", *cluster.AutoUpgrade.MaintenanceWindow, *w.cluster.AutoUpgrade.MaintenanceWindow)
		w.cluster = cluster
	})

	step("an update of nothing changes nothing", func() {
		ok(w.api.UpdateCluster(&k8s.UpdateClusterRequest{
			ClusterID:           w.cluster.ID,
			AutoscalerConfig:    &k8s.UpdateClusterRequestAutoscalerConfig{},
			AutoUpgrade:         &k8s.UpdateClusterRequestAutoUpgrade{},
			OpenIDConnectConfig: &k8s.UpdateClusterRequestOpenIDConnectConfig{},
		}))
		cluster := w.settled()
		cluster.UpdatedAt = w.cluster.UpdatedAt
		equal("cluster", *cluster, *w.cluster)
	})
}

func (w *world) deleteTheCluster() {
	step("deletes the cluster", func() {
		cluster := ok(w.api.DeleteCluster(&k8s.DeleteClusterRequest{
			ClusterID: w.cluster.ID, WithAdditionalResources: true,
		}))
		equal("status", cluster.Status, k8s.ClusterStatusDeleting)
	})

	step("waits until the cluster is gone", func() {
		gone := refused[*scw.ResourceNotFoundError](w.api.WaitForCluster(
			&k8s.WaitForClusterRequest{ClusterID: w.cluster.ID}))
		equal("resource", gone.Resource, "cluster")
		equal("id", gone.ResourceID, w.cluster.ID)
	})
}
