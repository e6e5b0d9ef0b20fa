package io.keelson.infra.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The directory that holds all records. It is made as a whole or not at all, and what a broker has
 * ever used is never deleted.
 */
final class KafkaData {

  static final int NODE = 1;

  private static final long MEBIBYTE = 1024 * 1024;

  /** A broker that finds its disk full leaves a mess; this much is left to PostgreSQL, too. */
  private static final long LEAST_ROOM = 64;

  private static final long ROOM_TO_START = 128;

  private final Path data;
  private final Path unfinished;
  private final Path clusterFile;

  KafkaData(Path directory) {
    this.data = directory.resolve("kafka");
    this.unfinished = directory.resolve("kafka.new");
    this.clusterFile = directory.resolve("kafka.cluster");
  }

  Path path() {
    return data;
  }

  boolean isMade() throws IOException {
    if (!Files.isDirectory(data)) {
      return Files.exists(data);
    }
    try (Stream<Path> content = Files.list(data)) {
      return content.findAny().isPresent();
    }
  }

  boolean hasRoom() throws IOException {
    return room() >= LEAST_ROOM;
  }

  boolean hasRoomToStart() throws IOException {
    return room() >= ROOM_TO_START;
  }

  private long room() throws IOException {
    return Files.getFileStore(data.resolveSibling(".")).getUsableSpace() / MEBIBYTE;
  }

  String fullDisk() {
    return "the disk under %s is nearly full (less than %d MiB are left): it waits until there are %d MiB"
        .formatted(data, LEAST_ROOM, ROOM_TO_START);
  }

  /**
   * Refuses a directory that this user or this version cannot use; a missing one is fine.
   *
   * @throws StartRefused when somebody has to decide what to do with it
   */
  void check() throws IOException {
    boolean made = isMade();
    if (!Files.isWritable(made ? data : data.resolveSibling("."))) {
      throw new StartRefused(
          "%s cannot be written to: make it writable, or set KEELSON_DATA_DIR to another directory"
              .formatted(made ? data : data.resolveSibling(".").normalize()));
    }
    if (made) {
      checkOwner();
      checkCluster();
      checkVersion();
    } else if (Files.exists(clusterFile)) {
      throw new StartRefused(
          "%s is gone, and the records in it: put it back, or delete %s to begin with none"
              .formatted(data, clusterFile));
    }
  }

  private void checkOwner() throws IOException {
    if (FileOwner.of(data) != FileOwner.current()) {
      throw new StartRefused(
          "%s belongs to another user: start as that user, or set KEELSON_DATA_DIR to another directory"
              .formatted(data));
    }
  }

  /** A log that has come from somewhere else is not taken for ours. */
  private void checkCluster() throws IOException {
    Path meta = data.resolve("meta.properties");
    if (Files.notExists(meta)) {
      throw new StartRefused(
          "%s is not the log of a Kafka broker: move it away, or set KEELSON_DATA_DIR to another directory"
              .formatted(data));
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(meta)) {
      properties.load(reader);
    }
    String found = properties.getProperty("cluster.id", "");
    String node = properties.getProperty("node.id", "");
    if (Files.notExists(clusterFile)) {
      remember(found);
    }
    if (!found.equals(cluster()) || !node.equals(Integer.toString(NODE))) {
      throw new StartRefused(
          "%s is the log of node %s of the Kafka cluster %s, not of node %d of %s: put the right one back, or set KEELSON_DATA_DIR to another directory"
              .formatted(data, node, found, NODE, cluster()));
    }
  }

  private void checkVersion() {
    try {
      new BootstrapDirectory(data.toString()).read().metadataVersion();
    } catch (Exception e) {
      throw new StartRefused(
          "%s was made by another version of Kafka than this program brings (%s): start the newer program, or set KEELSON_DATA_DIR to another directory"
              .formatted(data, e.getMessage()),
          e);
    }
  }

  /** Makes the directory, aside, so that a kill leaves nothing in its place. */
  void make() throws IOException {
    String cluster = Uuid.randomUuid().toString();
    Trees.delete(unfinished);
    Files.createDirectory(unfinished);
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .setNodeId(NODE)
          .setClusterId(cluster)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setControllerListenerName(KafkaSettings.CONTROLLER)
          .setDirectories(List.of(unfinished.toString()))
          .setMetadataLogDirectory(unfinished.toString())
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(unfinished + " cannot be formatted: " + e.getMessage(), e);
    }
    Trees.force(unfinished);
    Files.move(unfinished, data, ATOMIC_MOVE);
    Trees.force(data);
    remember(cluster);
  }

  /** From here on a log that is missing is a log that was lost. */
  private void remember(String cluster) throws IOException {
    PrivateFile.write(clusterFile, cluster + "\n");
  }

  private String cluster() throws IOException {
    return Files.readString(clusterFile).strip();
  }
}
