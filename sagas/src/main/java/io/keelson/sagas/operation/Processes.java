package io.keelson.sagas.operation;

import io.keelson.commands.Command;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Origin;
import io.keelson.commands.operation.OperationCommand.StartOperation;
import io.keelson.commands.operation.OperationEvent.Outcome;
import io.keelson.commands.operation.Plan;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All processes, each under the name of its plan. Every plan has exactly one. */
public final class Processes {

  private final Map<String, LongProcess<Plan, ProcessState>> byName = new HashMap<>();
  private final List<LongProcess<?, ?>> processes;
  private final List<Reaction> reactions;
  private final List<Class<? extends Plan>> plans;

  /**
   * Registers processes.
   *
   * @param plans the sealed roots of all plans
   * @param reactions that belong to no single process
   * @throws IllegalStateException when a plan has no process, or more than one
   */
  public Processes(
      List<Class<? extends Plan>> plans,
      List<LongProcess<?, ?>> processes,
      List<Reaction> reactions) {
    this.processes = List.copyOf(processes);
    this.reactions = Stream.concat(processes.stream(), reactions.stream()).toList();
    this.plans = plans.stream().<Class<? extends Plan>>flatMap(Processes::records).toList();
    processes.forEach(this::register);
    TreeSet<String> missing = new TreeSet<>(this.plans.stream().map(Plan::process).toList());
    missing.removeAll(byName.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException("plans without a process: " + missing);
    }
  }

  private void register(LongProcess<?, ?> process) {
    String name = Plan.process(process.plan());
    if (byName.put(name, hosted(process)) != null) {
      throw new IllegalStateException("two processes have the plan " + name);
    }
  }

  /** A host gives a process only its own plan and the states that the process itself has made. */
  @SuppressWarnings("unchecked")
  private static LongProcess<Plan, ProcessState> hosted(LongProcess<?, ?> process) {
    return (LongProcess<Plan, ProcessState>) process;
  }

  @SuppressWarnings("unchecked")
  private static <T> Stream<Class<? extends T>> records(Class<? extends T> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(below -> records((Class<? extends T>) below))
        : Stream.of(type);
  }

  /** Every plan that can be stored. */
  public List<Class<? extends Plan>> plans() {
    return plans;
  }

  /** Every state of a process that a snapshot can hold. */
  public List<Class<? extends ProcessState>> states() {
    return processes.stream()
        .map(LongProcess::state)
        .<Class<? extends ProcessState>>flatMap(Processes::records)
        .distinct()
        .toList();
  }

  LongProcess<Plan, ProcessState> of(Plan plan) {
    return named(plan.process());
  }

  private LongProcess<Plan, ProcessState> named(String process) {
    return Objects.requireNonNull(byName.get(process), process);
  }

  List<Command> conclude(Outcome outcome) {
    return named(outcome.process()).conclude(outcome);
  }

  List<Command> effects(DomainEvent event) {
    return reactions.stream().map(r -> r.effects(event)).flatMap(Collection::stream).toList();
  }

  /** The runs that an event of a subject starts. */
  List<StartOperation> starts(DomainEvent event, Origin origin) {
    return processes.stream().flatMap(process -> start(process, event, origin).stream()).toList();
  }

  private static Optional<StartOperation> start(
      LongProcess<?, ?> process, DomainEvent event, Origin origin) {
    return process
        .start(event)
        .map(
            plan ->
                new StartOperation(
                    Objects.requireNonNull(event.operationId(), "an event that starts a run"),
                    plan,
                    origin.lineage(process.parent(event).orElse(null))));
  }
}
