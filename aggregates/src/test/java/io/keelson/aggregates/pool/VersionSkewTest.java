package io.keelson.aggregates.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.KubernetesVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionSkewTest {

  @ParameterizedTest
  @CsvSource({
    "1.36.1, 1.36.1, true",
    "1.36.1, 1.36.2, false",
    "1.36.1, 1.33.0, true",
    "1.36.1, 1.32.9, false",
    "1.28.0, 1.25.0, true",
    "1.29.0, 1.25.0, false",
    "1.26.0, 1.24.9, true",
    "1.27.0, 1.24.9, false",
    "2.0.0, 1.36.1, false",
  })
  void a_kubelet_is_not_newer_and_not_too_many_minors_older(
      String apiServer, String kubelet, boolean served) {
    assertThat(VersionSkew.mayServe(KubernetesVersion.of(apiServer), KubernetesVersion.of(kubelet)))
        .isEqualTo(served);
  }
}
