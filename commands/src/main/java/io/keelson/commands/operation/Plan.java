package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run needs to know before it starts. Each plan is a record of its subject's
 * package, and has a name that never changes ({@link JsonTypeName}); each has one process.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "process")
public interface Plan {

  ClusterId cluster();

  @JsonIgnore
  OperationKind kind();

  /** The one pool that it is about; null: it is about none, or about several. */
  default @Nullable PoolId pool() {
    return null;
  }

  /** The one node that it is about; null: it is about none, or about several. */
  default @Nullable NodeId node() {
    return null;
  }

  /** The name of the process that executes it, {@code create-cluster}. */
  static String process(Class<? extends Plan> plan) {
    JsonTypeName name = plan.getAnnotation(JsonTypeName.class);
    if (name == null) {
      throw new IllegalArgumentException(plan + " has no name");
    }
    return name.value();
  }

  default String process() {
    return process(getClass());
  }
}
