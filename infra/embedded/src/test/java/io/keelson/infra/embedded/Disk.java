package io.keelson.infra.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small disk of its own; only root can make one. */
final class Disk implements AutoCloseable {

  private final Path path;

  private Disk(Path path) {
    this.path = path;
  }

  static Disk mount(Path path, String options) throws IOException {
    boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "keelson-test", path.toString());
    assumeTrue(mounted, "needs the right to mount a file system");
    return new Disk(path);
  }

  Path path() {
    return path;
  }

  /** Fills the disk up to the given rest. */
  void fill(long leave) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(64 * 1024);
    try (FileChannel file =
        FileChannel.open(
            path.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (Files.getFileStore(path).getUsableSpace() > leave) {
        file.write(block.clear());
      }
    } catch (IOException full) {
      // another process took the rest
    }
  }

  /** Uses up all inodes. */
  void fillWithFiles() throws IOException {
    Path directory = Files.createDirectory(path.resolve("ballast"));
    try {
      for (int i = 0; ; i++) {
        Files.createFile(directory.resolve(Integer.toString(i)));
      }
    } catch (FileSystemException full) {
      // intended
    }
  }

  void free() throws IOException {
    Trees.delete(path.resolve("ballast"));
  }

  @Override
  public void close() throws IOException {
    run("umount", "--lazy", path.toString());
  }

  private static boolean run(String... command) throws IOException {
    return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue() == 0;
  }
}
