package main

import (
	"slices"
	"time"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

func (w *world) upgrade() {
	newest, next := w.versions[0], w.versions[1]
	// The pool shows its new version only some time after the cluster does.
	upgraded := func(id, version string) {
		eventually("pool "+id+" at "+version,
			func() *k8s.Pool { return ok(w.api.GetPool(&k8s.GetPoolRequest{PoolID: id})) },
			func(pool *k8s.Pool) bool {
				return pool.Version == version && pool.Status == k8s.PoolStatusReady
			})
	}

	step("lists the versions that the cluster may have next", func() {
		available := ok(w.api.ListClusterAvailableVersions(&k8s.ListClusterAvailableVersionsRequest{ClusterID: w.cluster.ID}))
		var names []string
		for _, version := range available.Versions {
			names = append(names, version.Name)
		}
		expect(slices.Contains(names, next), "%s is missing in %v", next, names)
		expect(!slices.Contains(names, newest), "%s skips a minor", newest)
	})

	step("upgrades the control plane, then a pool", func() {
		cluster := ok(w.api.UpgradeCluster(&k8s.UpgradeClusterRequest{ClusterID: w.cluster.ID, Version: next}))
		equal("status", cluster.Status, k8s.ClusterStatusUpdating)
		equal("version", cluster.Version, next)
		w.settled()
		id := w.pools["default"].ID
		equal("version of the pool", ok(w.api.GetPool(&k8s.GetPoolRequest{PoolID: id})).Version, w.versions[2])
		pool := ok(w.api.UpgradePool(&k8s.UpgradePoolRequest{PoolID: id, Version: next}))
		equal("status", pool.Status, k8s.PoolStatusUpgrading)
		equal("version", pool.Version, next)
		upgraded(id, next)
	})

	step("upgrades the cluster with its pools, which cannot be resized meanwhile", func() {
		cluster := ok(w.api.UpgradeCluster(&k8s.UpgradeClusterRequest{
			ClusterID: w.cluster.ID, Version: newest, UpgradePools: true,
		}))
		equal("status", cluster.Status, k8s.ClusterStatusUpdating)
		equal("version", cluster.Version, newest)
		refusal := refused[*scw.TransientStateError](w.api.UpdatePool(&k8s.UpdatePoolRequest{
			PoolID: w.pools["default"].ID, Size: pointer(uint32(5)),
		}))
		expect(refusal.ResourceID != "" && refusal.CurrentState != "", "incomplete: %+v", refusal)
		ok(w.api.WaitForClusterPool(&k8s.WaitForClusterRequest{
			ClusterID: w.cluster.ID, RetryInterval: pointer(time.Second),
		}))
		for _, pool := range w.list() {
			upgraded(pool.ID, newest)
		}
		equal("version", w.settled().Version, newest)
	})
}

func (w *world) changeTheType() {
	offered := func() []string {
		types := ok(w.api.ListClusterAvailableTypes(&k8s.ListClusterAvailableTypesRequest{ClusterID: w.cluster.ID}))
		var names []string
		for _, offer := range types.ClusterTypes {
			names = append(names, offer.Name)
		}
		return names
	}

	step("changes the type of the cluster to one that is offered", func() {
		equal("types", offered(), []string{"kapsule", "kapsule-dedicated-4", "kapsule-dedicated-8", "kapsule-dedicated-16"})
		changed := ok(w.api.SetClusterType(&k8s.SetClusterTypeRequest{ClusterID: w.cluster.ID, Type: "kapsule-dedicated-4"}))
		equal("status", changed.Status, k8s.ClusterStatusUpdating)
		equal("type", changed.Type, "kapsule-dedicated-4")
		cluster := w.settled()
		equal("type", cluster.Type, "kapsule-dedicated-4")
		expect(cluster.CommitmentEndsAt.After(time.Now()), "the commitment has ended at %s", cluster.CommitmentEndsAt)
		equal("types", offered(), []string{"kapsule-dedicated-8", "kapsule-dedicated-16"})
	})
}
