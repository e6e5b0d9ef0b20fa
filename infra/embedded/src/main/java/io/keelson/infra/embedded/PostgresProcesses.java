package io.keelson.infra.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The processes of one database directory. They are recognized by their working directory, since
 * the number in {@code postmaster.pid} may be stale and belong to another program.
 */
final class PostgresProcesses {

  private final Path data;

  PostgresProcesses(Path data) {
    this.data = data;
  }

  /** The server process, if it runs. */
  Optional<ProcessHandle> postmaster() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return Optional.empty();
    }
    String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    if (!pid.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pid)).filter(process -> runsHere(process.pid()));
  }

  /** All running processes, also those whose server process has ended. */
  List<ProcessHandle> running() {
    return ProcessHandle.allProcesses().filter(process -> runsHere(process.pid())).toList();
  }

  /** Kills all running processes. */
  void kill() throws InterruptedException {
    for (int i = 0; i < 100 && !running().isEmpty(); i++) {
      running().forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(
          10); // not onExit: the child of another process exists until its parent waits for it
    }
  }

  private boolean runsHere(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      String program = Files.readSymbolicLink(process.resolve("exe")).getFileName().toString();
      return program.startsWith("postgres")
          && Files.readSymbolicLink(process.resolve("cwd")).equals(data);
    } catch (IOException e) {
      return false; // it has ended, or belongs to another user
    }
  }
}
