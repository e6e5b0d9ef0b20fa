package io.keelson.infra.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The packed programs of PostgreSQL on the class path. */
final class PostgresArchive {

  private static final String RESOURCE = "/postgres-linux-x86_64.txz";

  private PostgresArchive() {}

  static void unpack(Path target) throws IOException {
    try (InputStream packed = PostgresArchive.class.getResourceAsStream(RESOURCE)) {
      if (packed == null) {
        throw new IllegalStateException("no " + RESOURCE + " on the class path");
      }
      try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          unpack(entry, tar, target);
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("the archive points outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, file);
    if (file.startsWith(target.resolve("bin")) && !file.toFile().setExecutable(true, true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }
}
