package io.keelson.infra.app.directory;

import io.keelson.infra.embedded.PrivateFile;
import io.keelson.infra.embedded.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of variables that a shell can source. It contains secrets: only its owner may read it, and
 * it is replaced atomically.
 */
public record EnvFile(Path path) {

  private static final Pattern LINE = Pattern.compile("export ([A-Z_]+)=(.*)");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@-]*");

  /** Replaces the file. The order of the variables is kept. */
  public void write(Map<String, String> variables) {
    StringBuilder text = new StringBuilder();
    variables.forEach(
        (name, value) -> {
          if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException("a shell would change the value of " + name);
          }
          text.append("export ").append(name).append('=').append(value).append('\n');
        });
    try {
      PrivateFile.write(path, text.toString());
    } catch (IOException e) {
      throw new StartRefused(path + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** The variables in the file; empty if the file is missing or unreadable. */
  public Map<String, String> read() {
    Map<String, String> variables = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(path)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          variables.put(matcher.group(1), matcher.group(2));
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return variables;
  }
}
