package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.answer.Spelling;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.adapters.rest.write.Writes;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.Taint;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.SetPoolLabels;
import io.keelson.commands.cluster.ClusterCommand.SetPoolStartupTaints;
import io.keelson.commands.cluster.ClusterCommand.SetPoolTaints;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replaces the labels and taints of a pool, each as a whole. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/pools/{pool_id}")
public class PoolMetadataController {
  private final Statuses statuses;
  private final RequestBodies bodies;
  private final Writes writes;
  private final Clock clock;

  public PoolMetadataController(
      Statuses statuses, RequestBodies bodies, Writes writes, Clock clock) {
    this.statuses = statuses;
    this.bodies = bodies;
    this.writes = writes;
    this.clock = clock;
  }

  @PutMapping("/set-labels")
  PoolAnswer setPoolLabels(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Map<String, String> labels = read(request, PoolMetadata::labels);
    PoolStatus before = find(caller, region, pool);
    OperationId operation = new OperationId(UUID.randomUUID());
    return change(
        before,
        new SetPoolLabels(before.cluster(), pool, operation, labels),
        operation,
        before.spec().withLabels(labels),
        caller);
  }

  @PutMapping("/set-taints")
  PoolAnswer setPoolTaints(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    List<Taint> taints = read(request, body -> PoolMetadata.taints(body, "taints"));
    PoolStatus before = find(caller, region, pool);
    OperationId operation = new OperationId(UUID.randomUUID());
    return change(
        before,
        new SetPoolTaints(before.cluster(), pool, operation, taints),
        operation,
        before.spec().withTaints(taints),
        caller);
  }

  @PutMapping("/set-startup-taints")
  PoolAnswer setPoolStartupTaints(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    List<Taint> taints = read(request, body -> PoolMetadata.taints(body, "startup_taints"));
    PoolStatus before = find(caller, region, pool);
    OperationId operation = new OperationId(UUID.randomUUID());
    return change(
        before,
        new SetPoolStartupTaints(before.cluster(), pool, operation, taints),
        operation,
        before.spec().withStartupTaints(taints),
        caller);
  }

  private <T> T read(HttpServletRequest request, Function<JsonArguments, T> argument) {
    Violations violations = new Violations();
    T value = argument.apply(bodies.read(request, violations));
    violations.check();
    return value;
  }

  private PoolStatus find(Caller caller, Region region, PoolId pool) {
    return statuses
        .pool(caller.scope(), region.name(), pool)
        .orElseThrow(() -> new Refused(Problem.notFound("pool", pool.toString())));
  }

  private PoolAnswer change(
      PoolStatus before,
      ClusterCommand command,
      OperationId operation,
      PoolSpec wanted,
      Caller caller) {
    Supplier<Optional<PoolStatus>> read =
        () -> statuses.pool(caller.scope(), before.region(), before.id());
    Subject subject =
        new Subject(
            "pool",
            before.id(),
            () -> Spelling.lowerCase(read.get().map(PoolStatus::phase).orElse(before.phase())));
    return PoolAnswer.of(
        writes
            .send(command, operation, subject, caller, read)
            .orElseGet(() -> foretold(before, wanted)));
  }

  /** What the pool will show once the read API has caught up with the command. */
  private PoolStatus foretold(PoolStatus before, PoolSpec wanted) {
    return new PoolStatus(
        before.id(),
        before.version(),
        before.cluster(),
        before.region(),
        wanted,
        before.phase(),
        before.message(),
        before.createdAt(),
        clock.instant());
  }
}
