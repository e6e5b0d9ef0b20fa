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
    Path pidFile = pidFile();
    if (Files.notExists(pidFile)) {
      return Optional.empty();
    }
    String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    if (!pid.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pid)).filter(process -> livesHere(process.pid()));
  }

  /** Ends whatever still lives here, at once. Safe: the next start recovers what was committed. */
  void kill() {
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses().filter(process -> livesHere(process.pid())).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  /** Only for a directory where nothing lives: a stale file can keep a server from starting. */
  void forgetPid() throws IOException {
    Files.deleteIfExists(pidFile());
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
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
