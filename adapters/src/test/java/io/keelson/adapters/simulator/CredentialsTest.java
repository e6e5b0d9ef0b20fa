package io.keelson.adapters.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterAction;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private final Credentials before = Credentials.made(Instant.EPOCH);

  @Test
  void a_reset_replaces_the_token_alone() {
    Credentials after = before.after(ClusterAction.RESET_ADMIN_TOKEN);

    assertThat(after.token()).hasSameSizeAs(before.token()).isNotEqualTo(before.token());
    assertThat(after.certificateAuthority()).isEqualTo(before.certificateAuthority());
  }
}
