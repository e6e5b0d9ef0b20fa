package io.keelson.sagas.pool;

import io.keelson.commands.Command;
import io.keelson.commands.Decision.Rule;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import io.keelson.commands.Verdict;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.PoolTarget;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.pool.PoolCommand.FailPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolPlan;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.Waits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a pool's changed document effective. Nodes that it removes are cordoned first. */
interface PoolChangeProcess<P extends PoolPlan> extends PoolStepProcess<P> {

  /** Nodes whose removal was requested are the ones that leave. */
  Rule NODE_REMOVAL = new Rule("node-removal", 1);

  PoolTarget desired(P plan);

  List<NodeId> nodesToRemove(P plan);

  @Override
  default List<OperationEvent> request(ProcessRun<P> run) {
    PoolTarget pool = desired(run.plan());
    List<NodeId> nodes = nodesToRemove(run.plan());
    OperationEvent request = run.request(pool, nodes);
    return nodes.isEmpty() ? List.of(request) : List.of(selected(pool, nodes, run), request);
  }

  private NodesSelected selected(PoolTarget pool, List<NodeId> nodes, ProcessRun<P> run) {
    String names = nodes.stream().map(NodeId::toString).collect(Collectors.joining(", "));
    return new NodesSelected(
        run.operation(),
        run.cluster(),
        pool.pool(),
        nodes,
        NODE_REMOVAL.decided(
            run.subject(),
            Verdict.ACTED,
            Map.of("nodes", names, "size", Integer.toString(pool.size())),
            "These nodes are removed because their removal was requested."));
  }

  @Override
  default List<OperationEvent> react(SingleStep state, Input input, ProcessRun<P> run) {
    return Waits.forPool(desired(run.plan()), input, run);
  }

  @Override
  default Command finish(PoolId pool, TargetConverged event) {
    return new FinishPoolUpdate(event.clusterId(), pool, event.operation());
  }

  @Override
  default Command fail(PoolId pool, TargetFailed event) {
    return new FailPoolUpdate(event.clusterId(), pool, event.operation(), event.reason());
  }
}
