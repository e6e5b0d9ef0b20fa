package io.keelson.adapters.rest.operation;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.Target;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.OperationStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One step of an operation.
 *
 * @param name the target that the step brings to its desired state: {@code pool/<id>}...
 * @param detail how the step ended, or what is observed now; null: nothing is known
 * @param operationId the operation that executes the step; null: this one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StepResponse(
    String name,
    String state,
    @Nullable String startedAt,
    @Nullable String finishedAt,
    @Nullable String detail,
    @Nullable OperationId operationId) {
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;

  static List<StepResponse> all(OperationStatus operation, OperationContext context) {
    Map<Target, RequestProgress> levels = context.levels(operation);
    return operation.steps().stream()
        .map(step -> of(step, levels.get(Target.of(step.target()))))
        .toList();
  }

  private static StepResponse of(OperationStep step, @Nullable RequestProgress level) {
    return new StepResponse(
        step.target(),
        ApiFormat.lowerCase(step.state()),
        step.startedAt() == null ? null : ApiFormat.instant(step.startedAt()),
        step.finishedAt() == null ? null : ApiFormat.instant(step.finishedAt()),
        step.state() == OperationStep.State.RUNNING ? live(step, level) : step.detail(),
        step.run());
  }

  private static @Nullable String live(OperationStep step, @Nullable RequestProgress level) {
    if (step.run() != null) {
      return "waits for operation " + step.run();
    }
    return level == null ? step.detail() : text(level);
  }

  /** {@code 2 of 3 nodes ready; unchanged for 4 min}. */
  static String text(RequestProgress level) {
    List<String> parts = new ArrayList<>();
    if (!level.acknowledged()) {
      parts.add("the provider has not accepted the request yet");
    }
    parts.add(level.summary().isEmpty() ? "nothing is observed yet" : level.summary());
    if (level.unchangedFor().toSeconds() >= SECONDS_PER_MINUTE) {
      parts.add("unchanged for " + words(level.unchangedFor()));
    }
    return String.join("; ", parts);
  }

  private static String words(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes < MINUTES_PER_HOUR
        ? minutes + " min"
        : minutes / MINUTES_PER_HOUR + " h " + minutes % MINUTES_PER_HOUR + " min";
  }
}
