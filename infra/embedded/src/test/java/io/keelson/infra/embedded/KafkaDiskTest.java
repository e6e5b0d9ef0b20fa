package io.keelson.infra.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The broker, and the program around it, when its disk is full or not writable. */
@Timeout(600)
class KafkaDiskTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final long MEBIBYTE = 1024 * 1024;

  @TempDir Path directory;

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final List<EmbeddedKafka> started = new ArrayList<>();
  private final List<Disk> disks = new ArrayList<>();

  @BeforeEach
  void listen() {
    said.start();
    log().setLevel(Level.INFO);
    log().addAppender(said);
  }

  @AfterEach
  void stop() throws IOException {
    started.forEach(EmbeddedKafka::stop);
    for (Disk disk : disks) {
      disk.close();
    }
    log().detachAppender(said);
  }

  @Test
  void waits_while_the_disk_is_nearly_full_and_starts_afterwards() throws Exception {
    Disk disk = mount("size=256m");
    EmbeddedKafka kafka = start(disk.path());
    try (Records records = new Records(kafka, "kept")) {
      records.create();
      records.append("before");

      disk.fill(32 * MEBIBYTE);
      awaitAway(kafka);
      disk.free();
      records.append("after");

      assertThat(records.all(2)).containsExactly("before", "after");
    }
    assertThat(errors()).singleElement().asString().contains("nearly full");
  }

  @Test
  void ends_without_the_program_when_the_disk_is_full_and_starts_again_afterwards()
      throws Exception {
    Disk disk = mount("size=256m,nr_inodes=300");
    EmbeddedKafka kafka = start(disk.path());
    try (Records records = new Records(kafka, "kept");
        Records more = new Records(kafka, "more")) {
      records.create();
      records.append("before");

      disk.fillWithFiles();
      more.create(); // the controller has room for a line, but none is left for the files
      awaitAway(kafka);
      disk.free();
      records.append("after");
      more.append("late");

      assertThat(records.all(2)).containsExactly("before", "after");
      assertThat(more.all(1)).containsExactly("late");
    }
    assertThat(errors()).first().asString().contains("cannot use its disk");
  }

  @Test
  void is_refused_when_it_cannot_write() throws Exception {
    Disk disk = mount("size=1m,ro");
    assertThatThrownBy(() -> start(disk.path()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cannot be written to")
        .hasMessageContaining("KEELSON_DATA_DIR");
  }

  private Disk mount(String options) throws IOException {
    Disk disk = Disk.mount(directory, options);
    disks.add(disk);
    return disk;
  }

  private EmbeddedKafka start(Path where) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(where, 0);
    started.add(kafka);
    kafka.awaitUp(TIMEOUT);
    return kafka;
  }

  private static void awaitAway(EmbeddedKafka kafka) {
    int port = Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", ""));
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class));
  }

  private List<String> errors() {
    return said.list.stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(EmbeddedKafka.class);
  }
}
