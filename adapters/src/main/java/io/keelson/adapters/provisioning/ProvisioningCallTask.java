package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.keelson.commands.Backoff;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.operation.Input;
import io.keelson.commands.operation.OperationCommand.AdvanceOperation;
import io.keelson.commands.operation.RequestEvent.ProviderRequest;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.commands.provisioning.Result;
import io.keelson.commands.secret.SecretUnknown;
import io.keelson.commands.secret.SecretUnreadable;
import io.keelson.commands.secret.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one request to the provider and the result back to its run. It may be cut off anywhere
 * and is then repeated: the call is idempotent, and so is the notification of the run. A request
 * that is no longer open is not sent.
 */
public final class ProvisioningCallTask {

  static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("provisioning-call");

  private static final Logger LOG = LoggerFactory.getLogger(ProvisioningCallTask.class);

  /** While the provider is unavailable, or the task itself fails. */
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(15));

  /** While the desired state is not the one of the request. */
  private static final Backoff NOT_CURRENT =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

  private final ProviderCall call;
  private final RequestTable requests;
  private final Commands commands;
  private final Clock clock;
  private final Runnable hinted;

  /**
   * The task.
   *
   * @param hinted wakes the observation feed of this JVM
   */
  public ProvisioningCallTask(
      Provisioning provisioning,
      Secrets secrets,
      Commands commands,
      DataSource dataSource,
      Clock clock,
      Runnable hinted) {
    this.call =
        new ProviderCall(provisioning, new DesiredTable(dataSource), new UserDataSecrets(secrets));
    this.requests = new RequestTable(dataSource);
    this.commands = commands;
    this.clock = clock;
    this.hinted = hinted;
  }

  /** What the scheduler must know. */
  public Task<?> task() {
    return Tasks.custom(DESCRIPTOR)
        .onFailure(new Retry<>(RETRY))
        .execute(
            (instance, _) ->
                run(instance.getId())
                    .<CompletionHandler<Void>>map(ProvisioningCallTask::repeat)
                    .orElseGet(CompletionHandler.OnCompleteRemove::new));
  }

  private static CompletionHandler<Void> repeat(Duration delay) {
    return (done, operations) -> operations.reschedule(done, done.getTimeDone().plus(delay));
  }

  /** The delay before the next attempt; empty: nothing is left to do. */
  private Optional<Duration> run(String key) {
    OpenRequest open = requests.find(key).orElse(null);
    if (open == null || !(open.request() instanceof ProviderRequest request)) {
      return Optional.empty();
    }
    Result last = open.result();
    if (last != null && !(last instanceof Result.Unavailable)) {
      if (!open.reported()) {
        report(open, last);
      }
      return Optional.empty();
    }
    try {
      return call.make(request)
          .map(result -> received(open, result))
          .orElseGet(
              () -> postponed(open, "the desired state is not that of the run", NOT_CURRENT));
    } catch (SecretUnreadable | SecretUnknown e) {
      return postponed(open, "the user data cannot be revealed", RETRY);
    }
  }

  private Optional<Duration> postponed(OpenRequest open, String why, Backoff backoff) {
    LOG.debug("{} of operation {} is not sent: {}", open.target(), open.operation(), why);
    boolean stillOpen = requests.failed(open.key(), null, why, open.reported());
    return stillOpen ? Optional.of(backoff.after(open.failures() + 1)) : Optional.empty();
  }

  private Optional<Duration> received(OpenRequest open, Result result) {
    LOG.debug("{} of operation {}: {}", open.target(), open.operation(), result);
    return switch (result) {
      case Result.Accepted accepted -> {
        if (requests.accepted(open.key(), accepted, clock.instant())) {
          report(open, accepted);
        }
        yield Optional.empty();
      }
      case Result.Refused refused -> {
        if (requests.failed(open.key(), refused, refused.message(), false)) {
          report(open, refused);
        }
        yield Optional.empty();
      }
      case Result.Unavailable unavailable -> unavailable(open, unavailable);
    };
  }

  /** The run is notified once, when the provider becomes unavailable. */
  private Optional<Duration> unavailable(OpenRequest open, Result.Unavailable result) {
    if (!requests.failed(open.key(), result, result.message(), open.reported())) {
      return Optional.empty();
    }
    if (!open.reported()) {
      report(open, result);
    }
    return Optional.of(RETRY.after(open.failures() + 1));
  }

  private void report(OpenRequest open, Result result) {
    Input input = new Input.Responded(open.target(), open.key(), result);
    try {
      commands.send(new AdvanceOperation(open.operation(), input), open.consequence());
    } catch (CommandRejected e) {
      LOG.info("operation {} rejected {}: {}", open.operation(), input, e.reason());
    }
    requests.reported(open.key());
    if (result instanceof Result.Accepted) {
      hinted.run();
    }
  }
}
