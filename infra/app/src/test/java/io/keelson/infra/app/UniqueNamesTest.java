package io.keelson.infra.app;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A name of a top-level class means one thing in the whole repository. */
class UniqueNamesTest {

  @Test
  void no_two_main_sources_have_the_same_name() {
    assertThat(duplicates(SourceTree.mainSources())).isEmpty();
  }

  @Test
  void finds_two_sources_of_the_same_name() {
    Path first = Path.of("sagas/src/main/java/io/keelson/Outage.java");
    Path second = Path.of("adapters/src/main/java/io/keelson/rest/Outage.java");
    Path other = Path.of("adapters/src/main/java/io/keelson/rest/StoreOutage.java");

    assertThat(duplicates(List.of(first, other, second)))
        .isEqualTo(Map.of("Outage.java", List.of(first, second)));
  }

  @Test
  void the_sources_of_all_modules_are_read() {
    assertThat(SourceTree.mainSources())
        .contains(Path.of("infra/app/src/main/java/io/keelson/infra/app/KeelsonApplication.java"))
        .extracting(source -> source.getName(0).toString())
        .contains("adapters", "aggregates", "commands", "infra", "projections", "sagas");
  }

  private static Map<String, List<Path>> duplicates(List<Path> sources) {
    return sources.stream()
        .collect(
            groupingBy(
                source -> source.getFileName().toString(), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .filter(name -> name.getValue().size() > 1)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
