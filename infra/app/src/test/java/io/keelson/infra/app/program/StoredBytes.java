package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Searches everything that a program with embedded servers has stored. */
final class StoredBytes {

  private static final Duration POLL = Duration.ofMillis(500);

  private final PlantedSearch search;
  private final Map<String, String> servers;

  /** How much was searched, for the log of the test. */
  private int values;

  private int records;
  private int files;

  StoredBytes(PlantedSearch search, Map<String, String> servers) {
    this.search = search;
    this.servers = servers;
  }

  /** Where each planted value was found in any column of any table of any schema. */
  List<String> inTables() {
    JdbcTemplate database = Fleet.database(servers);
    List<String> found = new ArrayList<>();
    List<String> tables =
        database.query(
            """
            select format('%I.%I', table_schema, table_name) from information_schema.tables
            where table_type = 'BASE TABLE'
              and table_schema not in ('pg_catalog', 'information_schema')
            order by 1
            """,
            (row, _) -> row.getString(1));
    assertThat(tables).contains("eventstore.event", "secrets.secret", "readmodel.cluster");
    for (String table : tables) {
      database.query(
          "select * from " + table,
          row -> {
            searchRow(table, row, found);
          });
    }
    return found;
  }

  private void searchRow(String table, ResultSet row, List<String> found) throws SQLException {
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      byte[] bytes;
      if (row.getMetaData().getColumnType(column) == Types.BINARY) {
        bytes = row.getBytes(column);
      } else {
        String text = row.getString(column);
        bytes = text == null ? null : text.getBytes(UTF_8);
      }
      if (bytes != null) {
        values++;
        note(table + "." + row.getMetaData().getColumnName(column), bytes, found);
      }
    }
  }

  /** Where each planted value was found in the key, the value or a header of any record. */
  List<String> inTopics() throws Exception {
    List<String> found = new ArrayList<>();
    Map<String, Object> client =
        Map.of("bootstrap.servers", servers.getOrDefault("SPRING_KAFKA_BOOTSTRAP_SERVERS", ""));
    try (Admin admin = Admin.create(client);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<String> topics = admin.listTopics().names().get();
      assertThat(topics).contains("keelson.events", "keelson.intake");
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(record -> searchRecord(record, found));
      }
    }
    return found;
  }

  private void searchRecord(ConsumerRecord<byte[], byte[]> record, List<String> found) {
    records++;
    String topic = "topic " + record.topic();
    if (record.key() != null) {
      note(topic + ", key", record.key(), found);
    }
    if (record.value() != null) {
      note(topic + ", value", record.value(), found);
    }
    for (Header header : record.headers()) {
      if (header.value() != null) {
        note(topic + ", header " + header.key(), header.value(), found);
      }
    }
  }

  /** Where each planted value was found in any file of the data directory, logs included. */
  List<String> inFiles(Path data) throws IOException {
    List<String> found = new ArrayList<>();
    assertThat(data.resolve("keelson.log")).isNotEmptyFile();
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        try {
          note(data.relativize(file).toString(), Files.readAllBytes(file), found);
          files++;
        } catch (NoSuchFileException deleted) {
          // The servers delete files while they run.
        }
      }
    }
    return found;
  }

  private void note(String place, byte[] bytes, List<String> found) {
    for (PlantedSearch.Found planted : search.in(bytes)) {
      String line = place + ": " + planted;
      if (!found.contains(line)) {
        found.add(line);
      }
    }
  }

  @Override
  public String toString() {
    return "%d values of columns, %d records, %d files".formatted(values, records, files);
  }
}
