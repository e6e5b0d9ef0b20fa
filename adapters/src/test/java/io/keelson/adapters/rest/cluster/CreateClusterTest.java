package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.Id;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import org.junit.jupiter.api.Test;

class CreateClusterTest extends EdgeTest {

  @Test
  void answers_the_whole_cluster_in_the_order_of_the_recordings() {
    Answer answer = post(K8S + "/clusters", Bodies.cluster());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    String id = answer.text("id");
    assertThat(id).matches(Id.FORM);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"region":"fr-par","id":"%1$s","organization_id":"%2$s","project_id":"%3$s",\
            "created_at":"2030-05-04T03:02:01.123456Z","updated_at":"2030-05-04T03:02:01.123456Z",\
            "type":"kapsule","name":"harbour","description":"","status":"creating",\
            "version":"1.40.3","cni":"cilium","tags":[],\
            "cluster_url":"https://%1$s.api.k8s.fr-par.scw.cloud:6443",\
            "dns_wildcard":"*.%1$s.nodes.k8s.fr-par.scw.cloud",\
            "autoscaler_config":{"scale_down_disabled":false,"scale_down_delay_after_add":"10m",\
            "estimator":"binpacking","expander":"random","ignore_daemonsets_utilization":false,\
            "balance_similar_node_groups":false,"expendable_pods_priority_cutoff":-10,\
            "scale_down_unneeded_time":"10m","scale_down_utilization_threshold":0.5,\
            "max_graceful_termination_sec":600,"skip_nodes_with_local_storage":true,\
            "log_level":2},\
            "auto_upgrade":{"enabled":false,"maintenance_window":{"start_hour":0,"day":"any"}},\
            "upgrade_available":true,"feature_gates":[],"admission_plugins":[],\
            "open_id_connect_config":{"issuer_url":"","client_id":"","username_claim":"",\
            "username_prefix":"","groups_claim":[],"groups_prefix":"","required_claim":[]},\
            "apiserver_cert_sans":[],"private_network_id":"%4$s",\
            "commitment_ends_at":"2030-05-04T03:02:01.123456Z","acl_available":true,\
            "iam_nodes_group_id":"","pod_cidr":"100.64.0.0/15","service_cidr":"10.32.0.0/20",\
            "service_dns_ip":"10.32.0.10"}\
            """
                .formatted(id, Tenants.ORGANIZATION, Tenants.PROJECT, Bodies.NETWORK));
    assertThat(world.sent(CreateCluster.class)).hasSize(1);
  }
}
