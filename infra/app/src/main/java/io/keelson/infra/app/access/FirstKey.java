package io.keelson.infra.app.access;

import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.Commands;
import io.keelson.commands.Origin;
import io.keelson.commands.access.AccessCommand.IssueApiKey;
import io.keelson.commands.access.AccessCommand.OpenOrganization;
import io.keelson.commands.access.PermissionSet;
import io.keelson.infra.app.directory.DataDirectory;
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
 * Ensures that {@code keelson.env} in the data directory contains a valid API key. The secret is
 * written to that file and printed once on the terminal. It must never appear in a log, and the
 * store receives only its hash.
 */
public final class FirstKey {

  private static final Logger LOG = LoggerFactory.getLogger(FirstKey.class);
  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(1);

  private final Commands commands;
  private final ApiKeys keys;
  private final Clock clock;
  private final KeyFile file;
  private final PrintStream terminal;
  private final Duration timeout;

  /**
   * @param home the default region in the file
   * @param terminal the stream on which the secret is printed
   * @param timeout how long to wait for a key in the read model before it counts as unknown
   */
  public FirstKey(
      Commands commands,
      ApiKeys keys,
      Clock clock,
      DataDirectory directory,
      Region home,
      PrintStream terminal,
      Duration timeout) {
    this.commands = commands;
    this.keys = keys;
    this.clock = clock;
    this.file = new KeyFile(directory, home);
    this.terminal = terminal;
    this.timeout = timeout;
  }

  /**
   * Issues a key unless the file contains a valid one. In both cases writes this port to the file.
   */
  public void ensure(int port) {
    Origin origin = Origin.system("first-key", Origin.SYSTEM, DefaultOrganization.ID.toString());
    var opened =
        commands
            .send(
                new OpenOrganization(
                    DefaultOrganization.ID, "default", DefaultOrganization.PROJECT),
                origin)
            .events();
    // Until then a missing key may only mean that the read model has not caught up.
    awaitVisible(
        "the default organization", () -> keys.defaultProject(DefaultOrganization.ID).isPresent());
    Optional<KeyPair> kept = file.read();
    Optional<String> reason =
        kept.isPresent()
            ? whyInvalid(kept.get())
            : Optional.of(
                opened.isEmpty()
                    ? "the key file is lost, or the instance is new"
                    : "the first key, made at the first start");
    reason.ifPresentOrElse(
        why -> issue(why, port, origin), () -> file.write(kept.orElseThrow(), port));
  }

  private Optional<String> whyInvalid(KeyPair kept) {
    boolean visible = isVisible(() -> keys.bySecretHash(kept.secretHash()).isPresent(), timeout);
    Optional<ApiKey> known = visible ? keys.bySecretHash(kept.secretHash()) : Optional.empty();
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
    // The file comes first. After a crash between the two steps, the next start finds an unknown
    // key and issues another. In the opposite order nobody would have the secret of a valid key.
    file.write(key, port);
    commands.send(
        new IssueApiKey(
            DefaultOrganization.ID,
            key.accessKey(),
            key.secretHash(),
            "Owner of the data directory",
            Set.of(PermissionSet.OrganizationManager),
            null,
            null,
            reason),
        origin);
    awaitVisible("API key " + key, () -> keys.bySecretHash(key.secretHash()).isPresent());
    LOG.info("issued API key {} ({}), stored in {}", key, reason, file.path());
    terminal.printf(
        "%nYour API key, shown only once and stored in %s:%n  access key  %s%n  secret key  %s%n%n",
        file.path(), key.accessKey(), key.secret());
    terminal.flush();
  }

  private static void awaitVisible(String what, BooleanSupplier visible) {
    if (!isVisible(visible, VISIBILITY_TIMEOUT)) {
      throw new IllegalStateException(what + " does not appear in the read model");
    }
  }

  private static boolean isVisible(BooleanSupplier visible, Duration timeout) {
    long start = System.nanoTime();
    while (!visible.getAsBoolean()) {
      if (System.nanoTime() - start > timeout.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(10_000_000);
    }
    return true;
  }
}
