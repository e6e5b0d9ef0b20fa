package io.keelson.infra.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.infra.eventstore.codec.EventType;
import io.keelson.infra.eventstore.codec.EventTypes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code uses the terms of the field in its names, its events and its log lines. */
class PlainWordsTest {

  @Test
  void no_identifier_and_no_log_line_contains_a_replaced_word() {
    Map<Path, Set<String>> findings = new TreeMap<>();
    for (Path source : SourceTree.mainSources()) {
      Set<String> found = PlainWords.findings(SourceTree.read(source));
      if (!found.isEmpty()) {
        findings.put(source, found);
      }
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void no_name_of_an_event_contains_a_replaced_word() {
    assertThat(EventTypes.all()).isNotEmpty();
    assertThat(EventTypes.all().stream().map(EventType::name).filter(PlainWords::isReplaced))
        .isEmpty();
  }

  @Test
  void every_allowed_name_is_in_use() {
    Set<String> unused = new TreeSet<>(PlainWords.ALLOWED.keySet());
    SourceTree.mainSources().stream()
        .flatMap(source -> PlainWords.identifiers(SourceTree.read(source)))
        .forEach(unused::remove);
    assertThat(unused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int mostNodes = 1;",
        "static final int MOST_NODES = 1;",
        "record ClusterAnswer() {}",
        "Spec specInForce;",
        "void nudge() {}",
        "boolean isGone() { return \"\\\"\".isEmpty(); }",
        "LOG.info(\"cluster {} goes on\", cluster);",
        "LOG.warn(\n    \"cluster {} \"\n        + \"is in force\",\n    cluster);",
      })
  void finds_a_replaced_word(String source) {
    assertThat(PlainWords.findings(source)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int maxNodes = 1; // most of them",
        "/** The answer\n * of a cluster. */\nrecord ClusterResponse() {}",
        "String text = \"asked\";",
        "String text = \"\"\"\n    a \"wish\"\n    \"\"\";",
        "char quote = '\"'; int max; char other = '\"';",
        "import io.example.Claim;",
        "int almost; int lookup; int shareable;",
        "long high = id.getLeastSignificantBits();",
        "LOG.info(\"cluster {} is deleted\", cluster);",
        "throw new IllegalStateException(\"the node is gone\");",
      })
  void accepts_other_words_comments_and_imposed_names(String source) {
    assertThat(PlainWords.findings(source)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operation.wish-answered", "pool.nodes-chosen", "acl.rule-in-force"})
  void finds_a_replaced_word_in_the_name_of_an_event(String name) {
    assertThat(PlainWords.isReplaced(name)).isTrue();
  }
}
