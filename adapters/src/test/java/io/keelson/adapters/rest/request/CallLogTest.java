package io.keelson.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Backend;
import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CallLogTest extends EdgeTest {

  @Test
  void never_holds_a_secret(CapturedOutput log) {
    String stranger = UUID.randomUUID().toString();
    String id = post(K8S + "/clusters", Bodies.cluster()).text("id");
    get(K8S + "/clusters/" + id + "/kubeconfig");
    call("GET", K8S + "/clusters?name=" + stranger, stranger, null);
    world.blindness = new IllegalStateException("on purpose");
    get(K8S + "/clusters");

    assertThat(log.getAll())
        .contains("POST /k8s/v1/regions/fr-par/clusters 200")
        .contains("GET /k8s/v1/regions/fr-par/clusters 500")
        .doesNotContain(Tenants.ADMIN, Backend.TOKEN, stranger);
  }
}
