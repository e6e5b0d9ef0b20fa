package io.keelson.infra.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The processes that live on one database directory. Each of them works inside it, and that is how
 * they are known: the number in {@code postmaster.pid} may be stale, or another program's by now.
 */
final class PostgresProcesses {

  private final Path data;

  PostgresProcesses(Path data) {
    this.data = data;
  }

  /** The server itself, if it lives. */
  Optional<ProcessHandle> postmaster() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return Optional.empty();
    }
    String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    if (!pid.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pid)).filter(process -> livesHere(process.pid()));
  }

  /** All of them, also those whose server is gone. */
  List<ProcessHandle> living() {
    return ProcessHandle.allProcesses().filter(process -> livesHere(process.pid())).toList();
  }

  /** Ends whatever still lives here, at once. */
  void kill() throws InterruptedException {
    for (int i = 0; i < 100 && !living().isEmpty(); i++) {
      living().forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(10); // not onExit: somebody else's child counts until its parent has looked
    }
  }

  private boolean livesHere(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      String program = Files.readSymbolicLink(process.resolve("exe")).getFileName().toString();
      return program.startsWith("postgres")
          && Files.readSymbolicLink(process.resolve("cwd")).equals(data);
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }
}
