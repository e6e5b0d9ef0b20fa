package io.keelson.infra.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each existing client library, unmodified, takes a cluster through its life. The programs are in
 * {@code src/test/sdk} and print a line per step.
 */
@Timeout(900)
@ExtendWith(Keelson.Started.class)
class SdkTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Test
  void the_npm_client_works_through_every_operation_that_it_has(Keelson keelson) throws Exception {
    Toolchain.of("npm")
        .needs("20.19.4", "node", "--version")
        .needs("9.0", "npm", "--version")
        .installs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        .runs(LIMIT, environment(keelson), "node", "main.mjs");
  }

  @Test
  void the_go_client_works_with_its_waiters(Keelson keelson) throws Exception {
    Toolchain.of("go")
        .needs("1.25", "go", "version")
        .installs("go", "build", "-o", "program", ".")
        .runs(LIMIT, environment(keelson), "./program");
  }

  @Test
  void the_python_client_works_through_every_operation_that_it_has(Keelson keelson)
      throws Exception {
    Toolchain.of("python")
        .needs("3.10", "python3", "--version")
        .needsToSucceed("python3's venv", "python3", "-m", "venv", "venv")
        .installs("venv/bin/pip", "install", "--require-hashes", "-r", "requirements.txt")
        .runs(LIMIT, environment(keelson), "venv/bin/python", "-u", "main.py");
  }

  private static Map<String, String> environment(Keelson keelson) throws IOException {
    Map<String, String> variables = new HashMap<>(keelson.environment());
    // The clients call this machine, so they must not use a proxy.
    variables.put("NO_PROXY", "127.0.0.1");
    variables.put("no_proxy", "127.0.0.1");
    return variables;
  }
}
