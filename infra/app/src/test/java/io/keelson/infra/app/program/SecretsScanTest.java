package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.app.program.RecordedCalls.Exchange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants secrets and personal data in every kind of call, lets clusters live and end, and searches
 * all that was stored, published, logged or sent back.
 */
@Timeout(600)
class SecretsScanTest {

  private static final List<PlantedValue> USER_DATA =
      List.of(PlantedValue.guessable("user data", PlantedLife.USER_DATA));

  private static final List<PlantedValue> CLIENTS =
      List.of(
          PlantedValue.guessable("source address", PlantedLife.SOURCE),
          PlantedValue.guessable("user agent of changes", PlantedLife.AGENT),
          PlantedValue.guessable("user agent of refused calls", PlantedLife.AGENT_REFUSED),
          PlantedValue.guessable("user agent of reads of secrets", PlantedLife.AGENT_READS));

  /** Not even the owner or an auditor sees these. */
  private static final List<PlantedValue> NEVER_SHOWN =
      List.of(
          PlantedValue.guessable("user data of a new cluster", PlantedLife.IGNORED),
          PlantedValue.guessable("user data of refused calls", PlantedLife.REFUSED),
          PlantedValue.guessable("user agent of calls without a key", PlantedLife.AGENT_UNKNOWN));

  @TempDir Path data;

  @Test
  void secrets_and_personal_data_are_found_only_where_they_are_meant_to_be_shown()
      throws Exception {
    try (ProgramRun _ = ProgramRun.ready(data)) {
      Map<String, String> owner = new EnvFile(data.resolve("keelson.env")).read();
      Map<String, String> servers = new EnvFile(data.resolve("servers.env")).read();
      RecordedCalls calls =
          new RecordedCalls(owner.getOrDefault("SCW_API_URL", ""), PlantedLife.SOURCE);
      String token = new PlantedLife(calls, owner, servers).run();

      PlantedValue secretKey =
          PlantedValue.random("secret half of the key", owner.getOrDefault("SCW_SECRET_KEY", ""));
      PlantedValue kubeToken = PlantedValue.random("token of the kubeconfig", token);
      PlantedValue keyEncryptionKey =
          PlantedValue.random(
              "key-encryption key", Files.readString(data.resolve("secrets.key")).strip());
      List<PlantedValue> all = new ArrayList<>(USER_DATA);
      all.addAll(CLIENTS);
      all.addAll(NEVER_SHOWN);
      all.addAll(List.of(secretKey, kubeToken, keyEncryptionKey));
      PlantedSearch search = new PlantedSearch(all);

      checkResponses(search, calls.exchanges(), kubeToken);
      StoredBytes stored = new StoredBytes(search, servers);
      assertThat(stored.inTables())
          .as("in tables: the simulated provider has to know the token")
          .containsExactly("simulator.cluster.token: token of the kubeconfig (raw)");
      assertThat(stored.inTopics()).as("in topics").isEmpty();
      assertThat(stored.inFiles(data))
          .as("in files: PostgreSQL keeps the row of the simulated provider in its own")
          .filteredOn(found -> !(found.startsWith("postgres/") && found.contains("token of the")))
          .containsExactlyInAnyOrder(
              "keelson.env: secret half of the key (raw)", "secrets.key: key-encryption key (raw)");
      System.out.printf("secrets: searched %s, %d responses%n", stored, calls.exchanges().size());
    }
  }

  private static void checkResponses(
      PlantedSearch search, List<Exchange> exchanges, PlantedValue kubeToken) {
    Set<PlantedValue> onUserData = new HashSet<>();
    Set<PlantedValue> onAudit = new HashSet<>();
    for (Exchange exchange : exchanges) {
      Set<PlantedValue> found = new HashSet<>();
      search.in(exchange.content().getBytes(UTF_8)).forEach(f -> found.add(f.planted()));
      String path = exchange.path();
      if (path.contains("/user-data/")) {
        onUserData.addAll(found);
        assertThat(USER_DATA).as(path).containsAll(found);
      } else if (path.startsWith("/keelson/v1/audit")) {
        onAudit.addAll(found);
        assertThat(CLIENTS).as(path).containsAll(found);
      } else if (path.contains("/kubeconfig")) {
        assertThat(List.of(kubeToken)).as(path).containsAll(found);
      } else {
        assertThat(found).as(path + " " + exchange.status()).isEmpty();
      }
    }
    assertThat(onUserData).as("shown to the owner").containsExactlyInAnyOrderElementsOf(USER_DATA);
    assertThat(onAudit).as("shown to auditors").containsExactlyInAnyOrderElementsOf(CLIENTS);
  }
}
