package io.keelson.infra.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import io.keelson.infra.embedded.PrivateFile;
import io.keelson.infra.embedded.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;

/**
 * The file that holds the key-encryption key as base64 text. It must be private to its owner: a key
 * that others can read or replace is refused.
 */
public final class SecretsKeyFile {

  public static final String SETTING = "keelson.secrets.key-file";

  /** More than any key takes; the file may be a device without an end. */
  private static final int MAX_BYTES = 1024;

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(GROUP_READ, GROUP_WRITE, OTHERS_READ, OTHERS_WRITE);

  private SecretsKeyFile() {}

  /**
   * Reads the key.
   *
   * @throws StartRefused when the file is missing, open to others, or does not hold a key
   */
  public static KeyEncryptionKey read(Path file) {
    String setting = "%s (%s)".formatted(SETTING, file);
    if (Files.notExists(file)) {
      throw new StartRefused("%s does not exist: %s".formatted(setting, KeyEncryptionKey.ADVICE));
    }
    try (InputStream content = Files.newInputStream(file)) {
      if (!Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS)) {
        throw new StartRefused(
            "%s is open to other users: run `chmod 600 %s`".formatted(setting, file));
      }
      String text = new String(content.readNBytes(MAX_BYTES), ISO_8859_1);
      return KeyEncryptionKey.parse(text, setting);
    } catch (IOException e) {
      throw new StartRefused("%s cannot be read: %s".formatted(setting, e), e);
    }
  }

  /**
   * Reads the key. If there is no such file, a key is generated and written to it, readable only by
   * the owner (mode 0600).
   *
   * @throws StartRefused as {@link #read}, or when the file cannot be written
   */
  public static KeyEncryptionKey readOrGenerate(Path file) {
    if (Files.notExists(file)) {
      try {
        PrivateFile.write(file, KeyEncryptionKey.generate().text() + "\n");
      } catch (IOException e) {
        throw new StartRefused("%s (%s) cannot be written: %s".formatted(SETTING, file, e), e);
      }
    }
    return read(file);
  }
}
