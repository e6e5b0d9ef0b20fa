package io.keelson.adapters.rest.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.EdgeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class VersionRoutesTest extends EdgeTest {

  @Test
  void lists_what_is_on_offer_newest_first_and_without_a_count() {
    JsonNode answer = get(K8S + "/versions").json();

    assertThat(answer.propertyNames()).containsExactly("versions");
    assertThat(answer.get("versions").valueStream().map(v -> v.get("name").asString()))
        .containsExactly("1.41.1", "1.40.3", "1.40.2", "1.39.6", "1.38.9");
  }

  @Test
  void shows_a_version_whole_and_in_order() {
    Answer answer = get(K8S + "/versions/1.40.3");

    assertThat(answer.body())
        .isEqualTo(
            """
            {"region":"fr-par","name":"1.40.3","label":"Kubernetes 1.40.3",\
            "available_cnis":["cilium","cilium_native","calico","kilo","none"],\
            "available_container_runtimes":["containerd"],\
            "available_feature_gates":["HPAScaleToZero","ImageVolume"],\
            "available_admission_plugins":["AlwaysPullImages","PodNodeSelector"],\
            "available_kubelet_args":{"containerLogMaxSize":"quantity","cpuCFSQuota":"bool",\
            "cpuCFSQuotaPeriod":"duration","cpuManagerPolicy":"enum:none|static",\
            "evictionHard":"map[string]string","imageGCHighThresholdPercent":"uint32",\
            "maxPods":"uint16","registryBurst":"int32"},\
            "deprecated_at":"2031-01-24T00:00:00Z","end_of_life_at":"2031-03-25T00:00:00Z",\
            "released_at":"2030-01-24T00:00:00Z"}\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.40.1", "1.37.9"})
  void still_shows_what_clusters_may_have_though_it_is_not_on_offer(String version) {
    assertThat(get(K8S + "/versions/" + version).text("name")).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.42.0", "9.9.9", "latest", "1.40", "%F0%9F%9A%A2", "1.40.3.4"})
  void does_not_know_any_other(String version) {
    Answer answer = get(K8S + "/versions/" + version);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("resource")).isEqualTo("version");
  }
}
