package main

import (
	"net"

	"github.com/scaleway/scaleway-sdk-go/api/k8s/v1"
	"github.com/scaleway/scaleway-sdk-go/scw"
)

func subnet(text string) *scw.IPNet {
	_, parsed, err := net.ParseCIDR(text)
	return &scw.IPNet{IPNet: *ok(parsed, err)}
}

// changeAccess changes the access rules and the credentials of the cluster's API server.
func (w *world) changeAccess() {
	kubeconfig := func(redacted *bool) *k8s.Kubeconfig {
		return ok(w.api.GetClusterKubeConfig(&k8s.GetClusterKubeConfigRequest{
			ClusterID: w.cluster.ID, Redacted: redacted,
		}))
	}
	rules := func() []*k8s.ACLRule {
		return ok(w.api.ListClusterACLRules(&k8s.ListClusterACLRulesRequest{ClusterID: w.cluster.ID}, scw.WithAllPages())).Rules
	}
	add := func(rule *k8s.ACLRuleRequest) (*k8s.AddClusterACLRulesResponse, error) {
		return w.api.AddClusterACLRules(&k8s.AddClusterACLRulesRequest{
			ClusterID: w.cluster.ID, ACLs: []*k8s.ACLRuleRequest{rule},
		})
	}

	step("reads the kubeconfig, with its token and without", func() {
		config := kubeconfig(nil)
		equal("server", ok(config.GetServer()), w.cluster.ClusterURL)
		expect(ok(config.GetCertificateAuthorityData()) != "", "no certificate authority")
		equal("length of the token", len(ok(config.GetToken())), 56)
		equal("token", ok(kubeconfig(pointer(true)).GetToken()), "REDACTED_TOKEN")
	})

	step("resets the admin token", func() {
		before := ok(kubeconfig(nil).GetToken())
		must(w.api.ResetClusterAdminToken(&k8s.ResetClusterAdminTokenRequest{ClusterID: w.cluster.ID}))
		w.settled()
		eventually("another token",
			func() string { return ok(kubeconfig(nil).GetToken()) },
			func(token string) bool { return token != before })
	})

	step("replaces the rules of access", func() {
		before := rules()
		equal("rules of a new cluster", len(before), 1)
		equal("address", before[0].IP.String(), "0.0.0.0/0")
		set := ok(w.api.SetClusterACLRules(&k8s.SetClusterACLRulesRequest{
			ClusterID: w.cluster.ID,
			ACLs: []*k8s.ACLRuleRequest{
				{ScalewayRanges: pointer(true), Description: "provider"},
				{IP: subnet("203.0.113.0/24"), Description: "office"},
			},
		})).Rules
		equal("rules", len(set), 2)
		equal("ranges", *set[0].ScalewayRanges, true)
		equal("address", set[1].IP.String(), "203.0.113.0/24")
		w.settled()
	})

	step("adds a rule of access, and lists them all", func() {
		added := ok(add(&k8s.ACLRuleRequest{IP: subnet("198.51.100.7/32"), Description: "gate"})).Rules
		equal("rules", len(added), 1)
		equal("description", added[0].Description, "gate")
		w.settled()
		var addresses []string
		for _, rule := range rules() {
			if rule.IP != nil {
				addresses = append(addresses, rule.IP.String())
			}
		}
		equal("addresses", addresses, []string{"198.51.100.7/32", "203.0.113.0/24"})
	})

	step("is refused a second rule for the ranges of the provider", func() {
		refused[*scw.InvalidArgumentsError](add(&k8s.ACLRuleRequest{ScalewayRanges: pointer(true)}))
	})

	step("deletes the rules of access, one and then all", func() {
		for _, rule := range rules() {
			if rule.Description == "gate" {
				must(w.api.DeleteACLRule(&k8s.DeleteACLRuleRequest{ACLID: rule.ID}))
			}
		}
		w.settled()
		equal("rules", len(rules()), 2)
		// What this client sends for none is a null.
		set := ok(w.api.SetClusterACLRules(&k8s.SetClusterACLRulesRequest{ClusterID: w.cluster.ID}))
		equal("rules", len(set.Rules), 0)
		w.settled()
		equal("rules", len(rules()), 0)
	})
}
