package io.keelson.infra.app;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds words for which this code base uses a standard term, for example {@code max} for "most". It
 * reads identifiers and log lines, but neither comments nor other texts.
 */
final class PlainWords {

  private static final Set<String> REPLACED =
      Set.of(
          """
          most least fewest longest shortest wish wishes sight sights look looks looked looking
          told tell tells goes going gone unwanted wanted asked answer answers standstill pause
          pauses patience claim claims claimed share shares beside chosen heard concerns news veil
          veiled outlive outlives nudge nudges\
          """
              .split("\\s+"));

  private static final String REPLACED_PAIR = "in force";

  private static final String AXON_LEASE = "the name that Axon gives to the lease of a token";
  private static final String OIDC = "the name that OpenID Connect gives to a part of a token";
  private static final String UUID_BITS = "a method of java.util.UUID";

  /** Identifiers that a library or a standard imposes, each with the reason. */
  static final Map<String, String> ALLOWED =
      Map.ofEntries(
          Map.entry("claimTimeout", AXON_LEASE),
          Map.entry("claimExtensionThreshold", AXON_LEASE),
          Map.entry("tokenClaimInterval", AXON_LEASE),
          Map.entry("enableCoordinatorClaimExtension", AXON_LEASE),
          Map.entry("UnableToClaimTokenException", AXON_LEASE),
          Map.entry("requiredClaim", OIDC),
          Map.entry("usernameClaim", OIDC),
          Map.entry("groupsClaim", OIDC),
          Map.entry("getLeastSignificantBits", UUID_BITS),
          Map.entry("pause", "a method of Kafka's consumer"));

  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile(
          "//[^\\n]*+|/\\*[\\s\\S]*?\\*/|\"\"\"[\\s\\S]*?\"\"\""
              + "|\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])++'");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$]*");
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\\d+");
  private static final Pattern LOG_LINE =
      Pattern.compile("\\bLOG\\s*\\.\\s*\\w+\\(([\\s\\S]*?)\\);");
  private static final Pattern TEXT = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*+)\"");

  private PlainWords() {}

  /** The identifiers and the texts of log lines in a Java source that contain a replaced word. */
  static Set<String> findings(String source) {
    Set<String> findings = new LinkedHashSet<>();
    identifiers(source)
        .filter(name -> !ALLOWED.containsKey(name))
        .filter(PlainWords::isReplaced)
        .forEach(findings::add);
    matches(LOG_LINE, source)
        .flatMap(line -> matches(TEXT, line.group(1)))
        .map(text -> text.group(1))
        .filter(PlainWords::isReplaced)
        .forEach(findings::add);
    return findings;
  }

  /** All identifiers of a Java source, those of imports excluded. */
  static Stream<String> identifiers(String source) {
    String code = COMMENT_OR_TEXT.matcher(source).replaceAll(" ");
    return code.lines()
        .filter(line -> !line.startsWith("import "))
        .flatMap(line -> matches(IDENTIFIER, line))
        .map(MatchResult::group);
  }

  /** Whether a name or a text contains a replaced word. */
  static boolean isReplaced(String text) {
    List<String> words =
        matches(WORD, text).map(word -> word.group().toLowerCase(Locale.ROOT)).toList();
    return words.stream().anyMatch(REPLACED::contains)
        || (" " + String.join(" ", words) + " ").contains(" " + REPLACED_PAIR + " ");
  }

  private static Stream<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }
}
