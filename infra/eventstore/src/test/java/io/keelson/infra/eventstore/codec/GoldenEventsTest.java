package io.keelson.infra.eventstore.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.keelson.commands.DomainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every stored event stays readable: there is one file for each revision of each event. A file must
 * never change; a new shape is a new revision with an upcaster. {@code -Dkeelson.write-golden=true}
 * writes the files that are missing.
 */
class GoldenEventsTest {

  private static final Path FILES = Path.of("src/test/resources/golden");
  private static final Pattern NAME = Pattern.compile("(.+\\.[a-z-]+)-(\\d+)(?:-\\d+)?\\.json");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EventCodec codec = new EventCodec();

  static Stream<Arguments> samples() {
    return EventTypes.all().stream()
        .flatMap(
            type ->
                Samples.of(type.event()).entrySet().stream()
                    .map(
                        sample ->
                            Arguments.of(
                                type.name() + "-" + type.revision() + sample.getKey() + ".json",
                                sample.getValue())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void an_event_is_written_and_read_as_in_its_file(String name, DomainEvent event)
      throws IOException {
    EventCodec.Encoded encoded = codec.encode(event);
    Path file = FILES.resolve(name);
    if (!Files.exists(file)) {
      missing(file, encoded.payload());
    }
    String golden = JSON.readTree(Files.readAllBytes(file)).toString();

    assertThat(new String(encoded.payload(), UTF_8)).isEqualTo(golden);
    assertThat(
            codec.decode(encoded.type().name(), encoded.type().revision(), golden.getBytes(UTF_8)))
        .isEqualTo(event);
  }

  @Test
  void every_file_of_every_revision_can_still_be_read() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(FILES)) {
      files = list.toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      assertThat(name.matches()).as(file.toString()).isTrue();
      assertThat(
              codec.decode(
                  name.group(1), Integer.parseInt(name.group(2)), Files.readAllBytes(file)))
          .isInstanceOf(EventTypes.named(name.group(1)).orElseThrow().event());
    }
  }

  private static void missing(Path file, byte[] payload) throws IOException {
    String text =
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(payload)) + "\n";
    if (Boolean.getBoolean("keelson.write-golden")) {
      Files.createDirectories(FILES);
      Files.writeString(file, text);
    } else {
      fail("%s is missing; store it with%n%s", file, text);
    }
  }
}
