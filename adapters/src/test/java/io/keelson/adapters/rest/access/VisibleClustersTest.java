package io.keelson.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.ClusterId;
import io.keelson.projections.Scope;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class VisibleClustersTest extends EdgeTest {
  @Autowired VisibleClusters visible;

  @AfterEach
  void leave() {
    RequestContextHolder.resetRequestAttributes();
  }

  @Test
  void are_those_of_the_callers_scope() {
    ClusterId cluster = ClusterId.of(post(K8S + "/clusters", Bodies.cluster()).text("id"));

    as(new Scope(Tenants.ORGANIZATION, null));
    assertThat(visible.get()).accepts(cluster).rejects(new ClusterId(UUID.randomUUID()));
    as(new Scope(Tenants.OTHER_ORGANIZATION, null));
    assertThat(visible.get()).rejects(cluster);
    as(new Scope(Tenants.ORGANIZATION, Set.of(Tenants.SIBLING_PROJECT)));
    assertThat(visible.get()).rejects(cluster);
  }

  @Test
  void are_nobodys_outside_of_a_call() {
    assertThatThrownBy(visible::get).isInstanceOf(IllegalStateException.class);
  }

  private void as(Scope scope) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute(
        Caller.ATTRIBUTE,
        new Caller(
            tenants.accessKey(Tenants.ADMIN),
            scope,
            Set.of(),
            UUID.randomUUID(),
            "ListCalls",
            "127.0.0.1",
            ""));
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
  }
}
