package io.keelson.infra.eventstore.reservation;

import static java.util.Comparator.comparing;

import io.keelson.commands.CommandRejected;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The reservations as a table; only ever changed in the transaction that appends the events. */
public final class NameReservationTable {

  private static final String RESERVE =
      """
      insert into eventstore.name_reservation as held (key, holder) values (?, ?)
      on conflict (key) do update set holder = held.holder where held.holder = excluded.holder
      """;
  private static final String RELEASE =
      "delete from eventstore.name_reservation where key = ? and holder = ?";

  private final JdbcTemplate jdbc;

  public NameReservationTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Applies all changes, or rejects all of them with the transaction.
   *
   * @throws CommandRejected when another stream holds a key; the second transaction waits for the
   *     first one to end
   */
  public void apply(List<NameReservation> changes) {
    // In one order everywhere: two transactions that need the same keys must not deadlock.
    changes.stream().sorted(comparing(NameReservation::key)).forEach(this::apply);
  }

  private void apply(NameReservation change) {
    switch (change) {
      case NameReservation.Reserve reserve -> {
        if (jdbc.update(RESERVE, reserve.key(), reserve.holder()) == 0) {
          throw new CommandRejected(
              CommandRejected.Reason.NAME_TAKEN, reserve.key() + " is held by another", "name");
        }
      }
      case NameReservation.Release release -> jdbc.update(RELEASE, release.key(), release.holder());
    }
  }
}
