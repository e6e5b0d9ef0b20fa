package io.keelson.infra.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The directory of the log. It is made as a whole or not at all, and what holds records is never
 * deleted.
 */
final class KafkaData {

  static final int NODE = 1;

  private final Path data;
  private final Path next;
  private final Path clusterFile;

  KafkaData(Path directory) {
    this.data = directory.resolve("kafka");
    this.next = directory.resolve("kafka.new");
    this.clusterFile = directory.resolve("kafka.cluster");
  }

  Path path() {
    return data;
  }

  boolean isMade() {
    return Files.exists(data);
  }

  /** Makes the directory; only what no broker has ever used is cleared away for it. */
  void make() throws Exception {
    if (Files.notExists(clusterFile)) {
      PrivateFile.write(clusterFile, Uuid.randomUuid() + "\n");
    }
    Trees.delete(next);
    Files.createDirectory(next);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(NODE)
        .setClusterId(cluster())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setControllerListenerName(KafkaSettings.CONTROLLER)
        .setDirectories(List.of(next.toString()))
        .setMetadataLogDirectory(next.toString())
        .run();
    Files.move(next, data, ATOMIC_MOVE);
  }

  private String cluster() throws IOException {
    return Files.readString(clusterFile).strip();
  }
}
