package io.keelson.sagas.operation;

import io.keelson.commands.PoolId;
import io.keelson.commands.operation.ComponentsTarget;
import io.keelson.commands.operation.ControlPlaneTarget;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RequestEvent.ComponentsRequested;
import io.keelson.commands.operation.RequestEvent.ControlPlaneRequested;
import io.keelson.commands.operation.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process for a whole cluster: every API server first, then the system components, then its pools
 * at once (the version skew policy of Kubernetes: a kubelet is never newer than any API server).
 */
public interface ClusterStagesProcess<P extends Plan> extends LongProcess<P, ClusterStage> {

  ControlPlaneTarget controlPlane(P plan);

  ComponentsTarget components(P plan);

  List<PoolId> pools(P plan);

  RequestEvent request(PoolId pool, ProcessRun<P> run);

  /** What follows from an input about one of the pools. */
  List<OperationEvent> reactForPools(Input input, ProcessRun<P> run);

  @Override
  default Class<ClusterStage> state() {
    return ClusterStage.class;
  }

  @Override
  default ClusterStage begin(P plan) {
    return new ClusterStage.OfControlPlane(pools(plan));
  }

  @Override
  default List<Target> steps(P plan) {
    return Stream.concat(
            Stream.of(Target.CONTROL_PLANE, Target.COMPONENTS),
            pools(plan).stream().map(Target::pool))
        .toList();
  }

  @Override
  default ClusterStage evolve(ClusterStage state, OperationEvent event) {
    return state.without(Waits.ended(event));
  }

  @Override
  default List<OperationEvent> requests(ClusterStage state, ProcessRun<P> run) {
    return switch (state) {
      case ClusterStage.OfControlPlane _ ->
          List.of(
              new ControlPlaneRequested(
                  run.operation(), run.cluster(), controlPlane(run.plan()).generation()));
      case ClusterStage.OfComponents _ ->
          List.of(new ComponentsRequested(run.operation(), run.cluster(), components(run.plan())));
      case ClusterStage.OfPools s ->
          s.pools().stream().<OperationEvent>map(pool -> request(pool, run)).toList();
    };
  }

  @Override
  default List<OperationEvent> react(ClusterStage state, Input input, ProcessRun<P> run) {
    return switch (state) {
      case ClusterStage.OfControlPlane _ ->
          Waits.forControlPlane(controlPlane(run.plan()), input, run);
      case ClusterStage.OfComponents _ -> Waits.forComponents(components(run.plan()), input, run);
      case ClusterStage.OfPools _ -> reactForPools(input, run);
    };
  }
}
