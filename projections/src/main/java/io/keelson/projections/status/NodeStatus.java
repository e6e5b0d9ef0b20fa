package io.keelson.projections.status;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.provisioning.ObservedNode;
import java.time.Instant;

/**
 * One node as callers see it.
 *
 * @param version the number of the last event in it, from 0
 * @param deleted gone; kept so that a late event cannot bring it back
 */
public record NodeStatus(
    NodeId id,
    long version,
    ClusterId cluster,
    ObservedNode observed,
    boolean deleted,
    Instant createdAt,
    Instant updatedAt) {}
