package io.keelson.commands.provisioning;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import java.util.List;

/**
 * Who may reach a cluster's public API server; without rules it is closed.
 *
 * @param generation grows with each change; a back end ignores an older one than it has
 */
public record AclDocument(ClusterId cluster, long generation, List<AclRule> rules) {

  public AclDocument {
    rules = List.copyOf(rules);
  }
}
