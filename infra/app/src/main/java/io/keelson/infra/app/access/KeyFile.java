package io.keelson.infra.app.access;

import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.Id;
import io.keelson.commands.access.AccessKey;
import io.keelson.infra.app.directory.DataDirectory;
import io.keelson.infra.app.directory.EnvFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code keelson.env}: the variables that the clients of the Kubernetes API read. */
final class KeyFile {

  private static final String ACCESS_KEY = "SCW_ACCESS_KEY";
  private static final String SECRET_KEY = "SCW_SECRET_KEY";

  private final EnvFile file;
  private final Region home;

  /**
   * The file in this directory.
   *
   * @param home the default region
   */
  KeyFile(DataDirectory directory, Region home) {
    this.file = new EnvFile(directory.path().resolve("keelson.env"));
    this.home = home;
  }

  Path path() {
    return file.path();
  }

  /** The key in the file; empty if the file is missing, unreadable or without a key. */
  Optional<KeyPair> read() {
    Map<String, String> variables = file.read();
    try {
      return Optional.of(
          new KeyPair(
              AccessKey.of(variables.getOrDefault(ACCESS_KEY, "")),
              Id.parse(variables.getOrDefault(SECRET_KEY, ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(KeyPair key, int port) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(ACCESS_KEY, key.accessKey().toString());
    variables.put(SECRET_KEY, key.secret().toString());
    variables.put("SCW_DEFAULT_ORGANIZATION_ID", DefaultOrganization.ID.toString());
    variables.put("SCW_DEFAULT_PROJECT_ID", DefaultOrganization.PROJECT.toString());
    variables.put("SCW_DEFAULT_REGION", home.name());
    variables.put("SCW_DEFAULT_ZONE", home.defaultZone());
    variables.put("SCW_API_URL", "http://127.0.0.1:" + port);
    file.write(variables);
  }
}
