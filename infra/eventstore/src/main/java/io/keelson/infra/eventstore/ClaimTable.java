package io.keelson.infra.eventstore;

import static java.util.Comparator.comparing;

import io.keelson.commands.CommandRejected;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The claims as a table; only ever changed in the transaction that appends the events. */
final class ClaimTable {

  private static final String TAKE =
      """
      insert into eventstore.claim as held (key, holder) values (?, ?)
      on conflict (key) do update set holder = held.holder where held.holder = excluded.holder
      """;
  private static final String RELEASE = "delete from eventstore.claim where key = ? and holder = ?";

  private final JdbcTemplate jdbc;

  ClaimTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Applies all, or refuses all with the transaction.
   *
   * @throws CommandRejected when another holds a key; whoever comes second waits for the first one
   *     to commit
   */
  void apply(List<Claim> claims) {
    // In one order everywhere: two transactions that want the same keys must not wait in a ring.
    claims.stream().sorted(comparing(Claim::key)).forEach(this::apply);
  }

  private void apply(Claim claim) {
    switch (claim) {
      case Claim.Take take -> {
        if (jdbc.update(TAKE, take.key(), take.holder()) == 0) {
          throw new CommandRejected(
              CommandRejected.Reason.NAME_TAKEN, take.key() + " is held by another", "name");
        }
      }
      case Claim.Release release -> jdbc.update(RELEASE, release.key(), release.holder());
    }
  }
}
