package io.keelson.sagas.node;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.node.NodeCommand.FailNodeReboot;
import io.keelson.commands.node.NodeCommand.FinishNodeReboot;
import io.keelson.commands.node.NodeEvent.NodeRebootFailed;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.node.NodePlan.RebootNode;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent.NodeRebootRequested;
import io.keelson.commands.operation.Target;
import io.keelson.commands.operation.TargetEvent;
import io.keelson.commands.operation.TargetEvent.TargetConverged;
import io.keelson.commands.operation.TargetEvent.TargetFailed;
import io.keelson.commands.operation.TargetObservation;
import io.keelson.sagas.operation.ProcessRun;
import io.keelson.sagas.operation.SingleStep;
import io.keelson.sagas.operation.SingleStepProcess;
import io.keelson.sagas.operation.Waits;
import io.keelson.sagas.operation.Withdrawals;
import java.util.List;
import java.util.Optional;

/** Boots one node's machine again. A node that has another boot id and is ready has booted. */
public final class NodeRebootProcess implements SingleStepProcess<RebootNode> {

  @Override
  public Class<RebootNode> plan() {
    return RebootNode.class;
  }

  @Override
  public Optional<RebootNode> start(DomainEvent event) {
    return event instanceof NodeRebootStarted e
        ? Optional.of(new RebootNode(e.clusterId(), e.pool(), e.nodeId(), e.bootId()))
        : Optional.empty();
  }

  /** A node that becomes absent ends its reboot by itself. */
  @Override
  public List<Command> effects(DomainEvent event) {
    return event instanceof NodeRebootFailed e
        ? List.of(Withdrawals.of(e.operation(), Target.node(e.nodeId()), e.reason()))
        : List.of();
  }

  @Override
  public Target target(RebootNode plan) {
    return Target.node(plan.node());
  }

  @Override
  public List<OperationEvent> request(ProcessRun<RebootNode> run) {
    RebootNode plan = run.plan();
    return List.of(
        new NodeRebootRequested(run.operation(), run.cluster(), plan.pool(), plan.node()));
  }

  @Override
  public List<OperationEvent> react(SingleStep state, Input input, ProcessRun<RebootNode> run) {
    return Waits.until(
        input,
        run,
        observed ->
            observed instanceof TargetObservation.OfNode(var node)
                && node != null
                && node.phase() == NodePhase.READY
                && !node.bootId().equals(run.plan().bootId()));
  }

  @Override
  public Command finish(TargetConverged event) {
    return new FinishNodeReboot(node(event), event.operation());
  }

  @Override
  public Command fail(TargetFailed event) {
    return new FailNodeReboot(node(event), event.operation(), event.reason());
  }

  private static NodeId node(TargetEvent event) {
    return event.target().asNode().orElseThrow();
  }
}
