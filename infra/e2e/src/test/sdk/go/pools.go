package main

import (
	"time"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

// ready waits until the pool is ready and has this size.
func (w *world) ready(id string, size uint32) *k8s.Pool {
	pool := ok(w.api.WaitForPool(&k8s.WaitForPoolRequest{
		PoolID: id, RetryInterval: pointer(time.Second),
	}))
	equal("status", pool.Status, k8s.PoolStatusReady)
	equal("size", pool.Size, size)
	return pool
}

func (w *world) changePools() {
	var id string

	step("creates a pool with labels and taints, and waits for it", func() {
		pool := ok(w.api.CreatePool(&k8s.CreatePoolRequest{
			ClusterID:      w.cluster.ID,
			Name:           "late",
			NodeType:       "PRO2_XXS",
			Size:           1,
			MinSize:        pointer(uint32(1)),
			MaxSize:        pointer(uint32(3)),
			Autoscaling:    true,
			KubeletArgs:    map[string]string{"maxPods": "60"},
			UpgradePolicy:  &k8s.CreatePoolRequestUpgradePolicy{MaxSurge: pointer(uint32(1))},
			RootVolumeSize: pointer(40 * scw.GB),
			Labels:         map[string]string{"tier": "web"},
			Taints:         []*k8s.CoreV1Taint{{Key: "dedicated", Value: "web", Effect: k8s.CoreV1TaintEffectNoExecute}},
			StartupTaints:  []*k8s.CoreV1Taint{{Key: "starting", Effect: k8s.CoreV1TaintEffectNoSchedule}},
		}))
		equal("status", pool.Status, k8s.PoolStatusScaling)
		equal("node type", pool.NodeType, "pro2_xxs")
		equal("volume", *pool.RootVolumeSize, 40*scw.GB)
		equal("upgrade policy", *pool.UpgradePolicy, k8s.PoolUpgradePolicy{MaxUnavailable: 1, MaxSurge: 1})
		equal("labels", pool.Labels, map[string]string{"tier": "web"})
		equal("taint", *pool.Taints[0], k8s.CoreV1Taint{Key: "dedicated", Value: "web", Effect: k8s.CoreV1TaintEffectNoExecute})
		equal("startup taint", pool.StartupTaints[0].Key, "starting")
		id = pool.ID
		w.ready(id, 1)
	})

	step("sets labels, taints and startup taints of the pool", func() {
		labels := map[string]string{"tier": "batch", "example.com/team": "blue"}
		equal("labels", ok(w.api.SetPoolLabels(&k8s.SetPoolLabelsRequest{PoolID: id, Labels: labels})).Labels, labels)
		taints := ok(w.api.SetPoolTaints(&k8s.SetPoolTaintsRequest{PoolID: id, Taints: []*k8s.CoreV1Taint{
			{Key: "second", Effect: k8s.CoreV1TaintEffectPreferNoSchedule},
			{Key: "first", Value: "yes", Effect: k8s.CoreV1TaintEffectNoSchedule},
		}})).Taints
		equal("taints", []string{taints[0].Key, taints[1].Key}, []string{"first", "second"})
		none := ok(w.api.SetPoolStartupTaints(&k8s.SetPoolStartupTaintsRequest{PoolID: id}))
		equal("startup taints", len(none.StartupTaints), 0)
		pool := w.ready(id, 1)
		equal("labels", pool.Labels, labels)
		equal("taints", len(pool.Taints), 2)
	})

	step("updates the pool as Terraform does, with nulls for what stays", func() {
		pool := ok(w.api.UpdatePool(&k8s.UpdatePoolRequest{
			PoolID:        id,
			Autoscaling:   pointer(false),
			Autohealing:   pointer(true),
			MaxSize:       pointer(uint32(5)),
			Tags:          &[]string{"changed"},
			UpgradePolicy: &k8s.UpdatePoolRequestUpgradePolicy{},
		}))
		equal("size", pool.Size, uint32(1))
		equal("autoscaling", pool.Autoscaling, false)
		equal("autohealing", pool.Autohealing, true)
		equal("max size", pool.MaxSize, uint32(5))
		equal("upgrade policy", *pool.UpgradePolicy, k8s.PoolUpgradePolicy{MaxUnavailable: 1, MaxSurge: 1})
		equal("kubelet arguments", pool.KubeletArgs, map[string]string{"maxPods": "60"})
	})

	step("resizes the pool, up and down", func() {
		for _, size := range []uint32{3, 1} {
			pool := ok(w.api.UpdatePool(&k8s.UpdatePoolRequest{PoolID: id, Size: pointer(size)}))
			equal("status", pool.Status, k8s.PoolStatusScaling)
			w.ready(id, size)
		}
	})

	step("is refused a pool of a name that is taken", func() {
		refusal := refused[*scw.InvalidArgumentsError](w.api.CreatePool(&k8s.CreatePoolRequest{
			ClusterID: w.cluster.ID, Name: "late", NodeType: "DEV1-M", Size: 1,
		}))
		equal("argument", refusal.Details[0].ArgumentName, "name")
		equal("reason", refusal.Details[0].Reason, "constraint")
	})

	step("deletes the pool, and waits until it is gone", func() {
		pool := ok(w.api.DeletePool(&k8s.DeletePoolRequest{PoolID: id}))
		equal("status", pool.Status, k8s.PoolStatusDeleting)
		gone := refused[*scw.ResourceNotFoundError](w.api.WaitForPool(
			&k8s.WaitForPoolRequest{PoolID: id, RetryInterval: pointer(time.Second)}))
		equal("resource", gone.Resource, "pool")
		equal("id", gone.ResourceID, id)
	})
}
