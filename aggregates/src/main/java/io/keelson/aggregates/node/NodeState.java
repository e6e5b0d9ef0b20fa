package io.keelson.aggregates.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.ClusterId;
import io.keelson.commands.node.Report;
import io.keelson.commands.provisioning.ObservedNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The life of a node: absent, then alive from its first sight on, then gone for ever. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NodeState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = NodeState.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = NodeState.Gone.class, name = "gone")
})
public sealed interface NodeState {

  record Absent() implements NodeState {}

  /**
   * It is there.
   *
   * @param reports the newest that each teller has told
   */
  record Alive(ClusterId cluster, ObservedNode observed, Map<Teller, Report> reports)
      implements NodeState {

    public Alive {
      reports = Map.copyOf(reports);
    }

    public Alive(ClusterId cluster, ObservedNode observed) {
      this(cluster, observed, Map.of());
    }

    Alive seen(ObservedNode now) {
      return new Alive(cluster, now, reports);
    }

    Alive told(Teller teller, Report report) {
      Map<Teller, Report> all = new HashMap<>(reports);
      all.put(teller, report);
      return new Alive(cluster, observed, all);
    }
  }

  record Gone() implements NodeState {}

  /** Whose reports of which condition have an order among themselves. */
  record Teller(String condition, String source, @Nullable String subject) {}
}
