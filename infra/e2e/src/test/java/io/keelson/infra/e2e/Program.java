package io.keelson.infra.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of another program to its end. A program that exceeds the limit is killed, with its child
 * processes.
 *
 * @param exitCode -1 when it was killed
 * @param output its output and its errors
 */
record Program(int exitCode, String output) {

  /**
   * @param log the file for its output
   * @throws IOException when there is no such program
   */
  static Program run(
      Path directory, Map<String, String> environment, Path log, Duration limit, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended;
    try {
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String output = Files.readString(log, UTF_8);
    return ended
        ? new Program(process.exitValue(), output)
        : new Program(
            -1, output + "\nkilled: it was still running after " + limit.toSeconds() + " s");
  }

  boolean succeeded() {
    return exitCode == 0;
  }
}
