package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keelson.commands.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a target from its desired state.
 *
 * @param node the node that it is about; null: it is about the whole target
 * @param detail the disruption budget, the pods, the version skew…, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Blocker(@Nullable NodeId node, String detail) {}
