package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.Bodies;
import io.keelson.adapters.rest.EdgeTest;
import io.keelson.adapters.rest.Tenants;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.PoolId;
import io.keelson.commands.pool.PoolCommand.DeletePool;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeletePoolTest extends EdgeTest {
  private PoolId pool = new PoolId(new UUID(0, 0));
  private String path = "";

  @BeforeEach
  void create() {
    post(K8S + "/clusters", Bodies.cluster());
    pool = world.pools.keySet().iterator().next();
    path = K8S + "/pools/" + pool;
    world.sent.clear();
  }

  private Answer delete() {
    return call("DELETE", path, Tenants.ADMIN, null);
  }

  @Test
  void answers_the_pool_as_deleting_as_often_as_it_is_asked_for() {
    Answer first = delete();

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.text("status")).isEqualTo("deleting");
    assertThat(get(path).text("status")).isEqualTo("deleting");
    assertThat(delete().body()).isEqualTo(get(path).body());
    assertThat(world.sent(DeletePool.class)).hasSize(2).allMatch(c -> c.pool().equals(pool));
  }

  @Test
  void answers_deleting_even_while_nobody_can_read_it_yet() {
    world.stale = true;

    assertThat(delete().text("status")).isEqualTo("deleting");
  }

  @Test
  void says_what_the_domain_refuses() {
    world.refusal = new CommandRejected(Reason.NOT_FOUND, "gone", "pool_id");
    Answer gone = delete();
    world.refusal = new CommandRejected(Reason.BUSY, "is being created", "cluster_id");
    Answer busy = delete();
    world.refusal = new StoreUnavailable("gone", new IllegalStateException());
    Answer nobody = delete();

    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("resource")).isEqualTo("pool");
    assertThat(busy.status()).isEqualTo(409);
    assertThat(busy.text("resource")).isEqualTo("cluster");
    assertThat(nobody.status()).isEqualTo(503);
  }

  @Test
  void says_not_found_when_there_is_none() {
    assertThat(call("DELETE", K8S + "/pools/" + UUID.randomUUID(), Tenants.ADMIN, null).status())
        .isEqualTo(404);
    assertThat(world.sent(DeletePool.class)).isEmpty();
  }
}
