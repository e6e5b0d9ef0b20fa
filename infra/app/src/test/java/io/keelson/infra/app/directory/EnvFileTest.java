package io.keelson.infra.app.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

  @TempDir Path directory;

  @Test
  void says_again_what_was_written() {
    EnvFile file = new EnvFile(directory.resolve("some.env"));

    file.write(Map.of("URL", "jdbc:postgresql://127.0.0.1:15432/keelson"));

    assertThat(file.read())
        .containsExactly(Map.entry("URL", "jdbc:postgresql://127.0.0.1:15432/keelson"));
  }

  @Test
  void takes_the_place_of_a_file_that_others_could_read() throws IOException {
    Path path = Files.writeString(directory.resolve("some.env"), "export A=old\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));

    new EnvFile(path).write(Map.of("A", "new"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(new EnvFile(path).read()).containsEntry("A", "new");
  }

  @Test
  void takes_nothing_that_a_shell_would_execute() {
    EnvFile file = new EnvFile(directory.resolve("some.env"));

    assertThatThrownBy(() -> file.write(Map.of("A", "$(reboot)")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file.path()).doesNotExist();
  }

  @Test
  void is_empty_when_it_is_missing() {
    assertThat(new EnvFile(directory.resolve("none.env")).read()).isEmpty();
  }
}
