package io.keelson.infra.app;

import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.Commands;
import io.keelson.commands.Id;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.Origin;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessCommand.IssueApiKey;
import io.keelson.commands.access.AccessCommand.OpenOrganization;
import io.keelson.commands.access.PermissionSet;
import io.keelson.projections.access.ApiKey;
import io.keelson.projections.access.ApiKeys;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the owner of the data directory has a key that works, in {@code keelson.env}. The
 * secret goes there and to the terminal, once; never into a log, and into the store only as a hash.
 */
final class FirstKey {

  static final OrganizationId ORGANIZATION =
      new OrganizationId(Id.derived("keelson", "default organization"));

  /** The first project of an organization has the organization's id. */
  static final ProjectId PROJECT = new ProjectId(ORGANIZATION.value());

  private static final Logger LOG = LoggerFactory.getLogger(FirstKey.class);
  private static final Duration CATCH_UP = Duration.ofMinutes(1);

  private final Commands commands;
  private final ApiKeys keys;
  private final Clock clock;
  private final KeyFile file;
  private final PrintStream terminal;
  private final Duration patience;

  /**
   * @param home the region that the file names
   * @param terminal where the secret is shown
   * @param patience how long a key may be out of sight before it counts as unknown
   */
  FirstKey(
      Commands commands,
      ApiKeys keys,
      Clock clock,
      DataDirectory directory,
      Region home,
      PrintStream terminal,
      Duration patience) {
    this.commands = commands;
    this.keys = keys;
    this.clock = clock;
    this.file = new KeyFile(directory, home);
    this.terminal = terminal;
    this.patience = patience;
  }

  /** Makes a key unless the file holds one that works; in any case the file names this port. */
  void ensure(int port) {
    Origin origin = Origin.system("first-key", Origin.SYSTEM, ORGANIZATION.toString());
    var opened =
        commands.send(new OpenOrganization(ORGANIZATION, "default", PROJECT), origin).events();
    // Before that, a key that nobody can see may be one that nobody has projected yet.
    awaitVisible("the default organization", () -> keys.defaultProject(ORGANIZATION).isPresent());
    Optional<KeyPair> kept = file.read();
    Optional<String> reason =
        kept.isPresent()
            ? whyUseless(kept.get())
            : Optional.of(
                opened.isEmpty()
                    ? "the key file is lost, or the instance is a new one"
                    : "the first key, made at the first start");
    reason.ifPresentOrElse(
        why -> issue(why, port, origin), () -> file.write(kept.orElseThrow(), port));
  }

  private Optional<String> whyUseless(KeyPair kept) {
    boolean seen = isVisible(() -> keys.bySecretHash(kept.secretHash()).isPresent(), patience);
    Optional<ApiKey> known = seen ? keys.bySecretHash(kept.secretHash()) : Optional.empty();
    if (known.isEmpty() || !known.get().accessKey().equals(kept.accessKey())) {
      return Optional.of("the key in the key file, " + kept + ", is unknown");
    }
    ApiKey key = known.get();
    boolean expired = key.expiresAt() != null && !key.expiresAt().isAfter(clock.instant());
    return key.revoked() || expired
        ? Optional.of("the key in the key file, " + kept + ", has ended")
        : Optional.empty();
  }

  private void issue(String reason, int port, Origin origin) {
    KeyPair key = KeyPair.random();
    // First the file: killed in between, the next start finds a key that is unknown and makes
    // another. The other way round a key would be valid that nobody has.
    file.write(key, port);
    commands.send(
        new IssueApiKey(
            ORGANIZATION,
            key.accessKey(),
            key.secretHash(),
            "Owner of the data directory",
            Set.of(PermissionSet.OrganizationManager),
            null,
            null,
            reason),
        origin);
    awaitVisible("API key " + key, () -> keys.bySecretHash(key.secretHash()).isPresent());
    LOG.info("API key {} is new ({}), and kept in {}", key, reason, file.path());
    terminal.printf(
        "%nYour API key, shown this once and kept in %s:%n  access key  %s%n  secret key  %s%n%n",
        file.path(), key.accessKey(), key.secret());
    terminal.flush();
  }

  private static void awaitVisible(String what, BooleanSupplier visible) {
    if (!isVisible(visible, CATCH_UP)) {
      throw new IllegalStateException(what + " is not in sight: the read model stands still");
    }
  }

  private static boolean isVisible(BooleanSupplier visible, Duration patience) {
    long start = System.nanoTime();
    while (!visible.getAsBoolean()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(10_000_000);
    }
    return true;
  }
}
