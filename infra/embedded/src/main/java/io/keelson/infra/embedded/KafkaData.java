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
 * The directory that holds all records. It is made completely or not at all, and must never be
 * deleted once a broker has used it.
 */
final class KafkaData {

  static final int NODE = 1;

  private static final long MEBIBYTE = 1024 * 1024;

  /** The broker stops before the disk is full, so that PostgreSQL has room left, too. */
  private static final long MIN_ROOM = 64;

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
    return room() >= MIN_ROOM;
  }

  boolean hasRoomToStart() throws IOException {
    return room() >= ROOM_TO_START;
  }

  private long room() throws IOException {
    return Files.getFileStore(data.resolveSibling(".")).getUsableSpace() / MEBIBYTE;
  }

  String fullDisk() {
    return "the disk under %s is nearly full (less than %d MiB are left): it waits until there are %d MiB"
        .formatted(data, MIN_ROOM, ROOM_TO_START);
  }

  /**
   * Checks that this user and this version can use the directory; it may be missing.
   *
   * @throws StartRefused when a person has to decide what to do with it
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
          "%s and its records are missing: restore it, or delete %s to begin without records"
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

  /** Rejects the log of another broker. */
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
      store(found);
    }
    if (!found.equals(cluster()) || !node.equals(Integer.toString(NODE))) {
      throw new StartRefused(
          "%s is the log of node %s of the Kafka cluster %s, not of node %d of %s: restore the right one, or set KEELSON_DATA_DIR to another directory"
              .formatted(data, node, found, NODE, cluster()));
    }
  }

  private void checkVersion() {
    try {
      new BootstrapDirectory(data.toString()).read().metadataVersion();
    } catch (Exception e) {
      throw new StartRefused(
          "%s was made by another version of Kafka than this program contains (%s): start the newer program, or set KEELSON_DATA_DIR to another directory"
              .formatted(data, e.getMessage()),
          e);
    }
  }

  /**
   * Makes the directory under another name and renames it, so that a kill leaves no partial one.
   */
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
    store(cluster);
  }

  /** Stores the id of the cluster; if the log is missing later, it was lost. */
  private void store(String cluster) throws IOException {
    PrivateFile.write(clusterFile, cluster + "\n");
  }

  private String cluster() throws IOException {
    return Files.readString(clusterFile).strip();
  }
}
