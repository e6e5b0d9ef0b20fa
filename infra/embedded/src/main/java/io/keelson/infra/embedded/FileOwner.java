package io.keelson.infra.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The owners of files and of this process, as user ids. */
public final class FileOwner {

  static final int ROOT = 0;

  private FileOwner() {}

  /** The user that this program runs as. */
  public static int current() throws IOException {
    return of(Path.of("/proc/self"));
  }

  public static int of(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid");
  }
}
