package io.keelson.infra.app.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.adapters.rest.request.Regions;
import io.keelson.aggregates.access.AccessDecider;
import io.keelson.aggregates.access.AccessState;
import io.keelson.commands.Command;
import io.keelson.commands.Commands;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.Origin;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessCommand;
import io.keelson.commands.access.AccessCommand.IssueApiKey;
import io.keelson.commands.access.AccessCommand.RevokeApiKey;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.AccessEvent.ApiKeyIssued;
import io.keelson.commands.access.AccessEvent.ApiKeyRevoked;
import io.keelson.commands.access.AccessEvent.OrganizationOpened;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import io.keelson.infra.app.directory.DataDirectory;
import io.keelson.projections.access.ApiKey;
import io.keelson.projections.access.ApiKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstKeyTest {

  @TempDir Path directory;

  private final Access access = new Access();
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  @Test
  void is_issued_shown_and_kept_at_the_first_start() throws IOException {
    ensure(8080);

    ApiKeyIssued issued = access.issued().getFirst();
    String file = Files.readString(file());
    String secret = variable("SCW_SECRET_KEY");
    assertThat(issued.permissionSets()).containsExactly(PermissionSet.OrganizationManager);
    assertThat(issued.secretHash()).matches("[0-9a-f]{64}").doesNotContain(secret);
    assertThat(file.lines())
        .containsExactly(
            "export SCW_ACCESS_KEY=" + issued.accessKey(),
            "export SCW_SECRET_KEY=" + secret,
            "export SCW_DEFAULT_ORGANIZATION_ID=" + DefaultOrganization.ID,
            "export SCW_DEFAULT_PROJECT_ID=" + DefaultOrganization.ID,
            "export SCW_DEFAULT_REGION=fr-par",
            "export SCW_DEFAULT_ZONE=fr-par-1",
            "export SCW_API_URL=http://127.0.0.1:8080");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(terminal.toString(UTF_8)).contains(secret);
  }

  @Test
  void stays_at_the_next_start_and_is_not_shown_again() throws IOException {
    ensure(8080);
    String before = Files.readString(file());
    terminal.reset();

    ensure(8080);

    assertThat(access.issued()).hasSize(1);
    assertThat(Files.readString(file())).isEqualTo(before);
    assertThat(terminal.toString(UTF_8)).isEmpty();
  }

  @Test
  void stays_when_the_port_changes_and_the_file_says_so() throws IOException {
    ensure(8080);
    String secret = variable("SCW_SECRET_KEY");

    ensure(9090);

    assertThat(access.issued()).hasSize(1);
    assertThat(variable("SCW_SECRET_KEY")).isEqualTo(secret);
    assertThat(variable("SCW_API_URL")).isEqualTo("http://127.0.0.1:9090");
  }

  @Test
  void is_made_anew_when_the_file_is_lost_and_the_event_says_so() throws IOException {
    ensure(8080);
    Files.delete(file());

    ensure(8080);

    assertThat(access.issued()).hasSize(2);
    assertThat(access.issued().get(0).reason()).contains("first");
    assertThat(access.issued().get(1).reason()).contains("lost");
  }

  @Test
  void is_made_anew_when_the_file_is_garbled() throws IOException {
    ensure(8080);
    Files.write(file(), new byte[] {(byte) 0xff, 0, 1});

    ensure(8080);

    assertThat(variable("SCW_ACCESS_KEY")).isEqualTo(access.issued().getLast().accessKey().value());
    assertThat(access.issued()).hasSize(2);
  }

  @Test
  void is_made_anew_when_it_was_revoked() throws IOException {
    ensure(8080);
    AccessKey revoked = access.issued().getFirst().accessKey();
    access.send(
        new RevokeApiKey(DefaultOrganization.ID, revoked, "leaked"), Origin.system("a", "b", "c"));

    ensure(8080);

    assertThat(access.issued()).hasSize(2);
    assertThat(access.issued().getLast().reason()).contains("ended").contains(revoked.value());
    assertThat(variable("SCW_ACCESS_KEY")).isNotEqualTo(revoked.value());
  }

  @Test
  void is_made_anew_when_the_file_holds_another_secret() throws IOException {
    ensure(8080);
    String garbled = Files.readString(file()).replaceAll("SECRET_KEY=.{8}", "SECRET_KEY=00000000");
    Files.writeString(file(), garbled);

    ensure(8080);

    assertThat(access.issued()).hasSize(2);
    assertThat(access.issued().getLast().reason()).contains("unknown");
  }

  @Test
  void is_made_anew_when_a_start_ended_between_the_file_and_the_event() throws IOException {
    access.broken = true;
    assertThatThrownBy(() -> ensure(8080)).isInstanceOf(IllegalStateException.class);
    assertThat(file()).exists();
    access.broken = false;

    ensure(8080);

    assertThat(access.issued()).hasSize(1);
    assertThat(variable("SCW_ACCESS_KEY"))
        .isEqualTo(access.issued().getFirst().accessKey().value());
  }

  @Test
  void is_waited_for_when_the_read_model_is_late() throws IOException {
    ensure(8080);
    access.missedReads = 3;

    ensure(8080);

    assertThat(access.issued()).hasSize(1);
  }

  private void ensure(int port) {
    new FirstKey(
            access,
            access,
            Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC),
            new DataDirectory(directory),
            Regions.ALL.first(),
            new PrintStream(terminal, true, UTF_8),
            Duration.ofMillis(200))
        .ensure(port);
  }

  private Path file() {
    return directory.resolve("keelson.env");
  }

  private String variable(String name) throws IOException {
    try (var lines = Files.lines(file())) {
      return lines
          .filter(line -> line.startsWith("export " + name + "="))
          .map(line -> line.substring(line.indexOf('=') + 1))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The real decider over a list of events, and the read API over the same list. */
  private static final class Access implements Commands, ApiKeys {

    private final List<AccessEvent> events = new ArrayList<>();
    private boolean broken;
    private int missedReads;

    @Override
    public Receipt send(Command command, Origin origin) {
      if (broken && command instanceof IssueApiKey) {
        throw new IllegalStateException("the power went off");
      }
      AccessState state = new AccessState.Absent();
      for (AccessEvent event : events) {
        state = AccessDecider.evolve(state, event);
      }
      List<AccessEvent> decided = AccessDecider.decide((AccessCommand) command, state);
      events.addAll(decided);
      return new Receipt(command.stream(), events.size() - 1, List.<DomainEvent>copyOf(decided));
    }

    List<ApiKeyIssued> issued() {
      return events.stream()
          .filter(ApiKeyIssued.class::isInstance)
          .map(ApiKeyIssued.class::cast)
          .toList();
    }

    @Override
    public Optional<ApiKey> bySecretHash(String secretHash) {
      if (missedReads > 0) {
        missedReads--;
        return Optional.empty();
      }
      return issued().stream()
          .filter(e -> e.secretHash().equals(secretHash))
          .map(this::key)
          .findFirst();
    }

    @Override
    public Optional<ApiKey> byAccessKey(AccessKey accessKey) {
      return issued().stream()
          .filter(e -> e.accessKey().equals(accessKey))
          .map(this::key)
          .findFirst();
    }

    @Override
    public Optional<ProjectId> defaultProject(OrganizationId organization) {
      return events.stream()
          .filter(OrganizationOpened.class::isInstance)
          .map(e -> ((OrganizationOpened) e).defaultProject())
          .findFirst();
    }

    private ApiKey key(ApiKeyIssued e) {
      boolean revoked =
          events.stream()
              .anyMatch(r -> r instanceof ApiKeyRevoked of && of.accessKey().equals(e.accessKey()));
      return new ApiKey(
          e.accessKey(),
          e.organization(),
          e.secretHash(),
          e.description(),
          e.permissionSets(),
          e.projects(),
          e.expiresAt(),
          revoked);
    }
  }
}
