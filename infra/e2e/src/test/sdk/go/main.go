// The Go SDK, unmodified and with its waiters, takes a cluster through its life. It reads the
// variables of keelson.env.
package main

import (
	"os"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

// world is the state that the steps share.
type world struct {
	api      *k8s.API
	versions []string // the newest patch of each minor, the newest minor first
	cluster  *k8s.Cluster
	pools    map[string]*k8s.Pool
}

func main() {
	client, err := scw.NewClient(scw.WithEnv(), scw.WithUserAgent("keelson-e2e"))
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	w := &world{api: k8s.NewAPI(client), pools: map[string]*k8s.Pool{}}
	w.readTheOffer()
	w.createACluster()
	w.findTheCluster()
	w.updateTheCluster()
	w.changeAccess()
	w.changePools()
	w.changeNodes()
	w.upgrade()
	w.changeTheType()
	w.beRefused()
	w.deleteTheCluster()
}
