package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

func minor(version string) int {
	return ok(strconv.Atoi(strings.Split(version, ".")[1]))
}

// readTheOffer reads the offered versions and types.
func (w *world) readTheOffer() {
	step("lists the versions, the newest first", func() {
		versions := ok(w.api.ListVersions(&k8s.ListVersionsRequest{})).Versions
		for index, version := range versions {
			equal("label", version.Label, "Kubernetes "+version.Name)
			equal("region", version.Region, scw.RegionFrPar)
			expect(slices.Contains(version.AvailableCnis, k8s.CNICilium), "%s has no cilium", version.Name)
			equal("maxPods", version.AvailableKubeletArgs["maxPods"], "uint16")
			expect(version.ReleasedAt != nil, "%s was never released", version.Name)
			if index == 0 || minor(version.Name) < minor(versions[index-1].Name) {
				w.versions = append(w.versions, version.Name)
			} else {
				equal("the minor after "+versions[index-1].Name, minor(version.Name), minor(versions[index-1].Name))
			}
		}
		expect(len(w.versions) >= 3, "two upgrades go through three minors, not %v", w.versions)
	})

	step("gets one version", func() {
		version := ok(w.api.GetVersion(&k8s.GetVersionRequest{VersionName: w.versions[0]}))
		equal("name", version.Name, w.versions[0])
		expect(version.Srn != "", "no resource name")
	})

	step("lists the cluster types", func() {
		types := ok(w.api.ListClusterTypes(&k8s.ListClusterTypesRequest{}, scw.WithAllPages()))
		equal("total count", int(types.TotalCount), len(types.ClusterTypes))
		index := slices.IndexFunc(types.ClusterTypes, func(t *k8s.ClusterType) bool { return t.Name == "kapsule-dedicated-4" })
		expect(index >= 0, "kapsule-dedicated-4 is missing")
		dedicated := types.ClusterTypes[index]
		equal("max nodes", dedicated.MaxNodes, uint32(250))
		equal("sla", dedicated.SLA, float32(99.5))
		equal("memory", dedicated.Memory, 4*scw.GB)
		equal("resiliency", dedicated.Resiliency, k8s.ClusterTypeResiliencyHighAvailability)
		equal("commitment", dedicated.CommitmentDelay.Seconds, int64(2592000))
	})
}
