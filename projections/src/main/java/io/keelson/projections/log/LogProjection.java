package io.keelson.projections.log;

import io.keelson.commands.log.EventLog;
import io.keelson.commands.log.LogEntry;
import io.keelson.commands.log.LogFollower;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the rows of the log, of the owners of clusters, and of the audit: all rows of a batch in
 * one transaction, so that no table is ever ahead of another. It never sends a command, never
 * changes a row, and can always be rebuilt.
 */
public final class LogProjection implements LogFollower {

  private static final int BATCH = 500;

  private final LogWriter writer;
  private final TransactionTemplate transaction;
  private final EventLog log;

  public LogProjection(DataSource database, PlatformTransactionManager transactions, EventLog log) {
    this.writer = new LogWriter(database);
    this.transaction = new TransactionTemplate(transactions);
    this.log = log;
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void handle(List<LogEntry> entries) {
    fillUpTo(entries.getFirst().position());
    write(entries);
  }

  /**
   * Rows can be deleted, and the follower's position in the log is not stored with them: the rows
   * that are missing before a batch are written again, so that the table never has a gap.
   */
  private void fillUpTo(long position) {
    for (long last = writer.last(); last + 1 < position; ) {
      int missing = (int) Math.min(BATCH, position - 1 - last);
      List<LogEntry> entries = log.after(last, missing);
      write(entries);
      last = entries.getLast().position();
    }
  }

  private void write(List<LogEntry> entries) {
    List<EntryFacts> facts = entries.stream().map(EntryFacts::new).toList();
    transaction.executeWithoutResult(_ -> writeAll(facts));
  }

  private void writeAll(List<EntryFacts> batch) {
    Map<UUID, Owner> owners = owners(batch);
    List<LogRow> rows = new ArrayList<>();
    Map<UUID, AuditRow> requests = new LinkedHashMap<>();
    for (EntryFacts facts : batch) {
      UUID cluster = facts.cluster();
      Owner owner = cluster == null ? null : owners.get(cluster);
      LogRow row = LogRow.of(facts, owner);
      rows.add(row);
      AuditRow.of(facts, row, owner).ifPresent(a -> requests.putIfAbsent(a.request(), a));
    }
    writer.log(rows);
    writer.audit(List.copyOf(requests.values()));
  }

  /** The owners of the clusters in the batch: the known ones, and those that the batch names. */
  private Map<UUID, Owner> owners(List<EntryFacts> batch) {
    List<Owner> named = batch.stream().flatMap(f -> Owner.namedBy(f).stream()).toList();
    writer.owners(named);
    return writer.ownersOf(
        batch.stream()
            .map(EntryFacts::cluster)
            .filter(cluster -> cluster != null)
            .collect(Collectors.toSet()));
  }
}
