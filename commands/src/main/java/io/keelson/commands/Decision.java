package io.keelson.commands;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a rule: an act, or an act that was held or refused.
 *
 * @param rule the stable id of the rule, {@code version-skew}
 * @param ruleVersion grows when the rule changes, from 1
 * @param subject what it is about: {@code cluster/<id>}, {@code pool/<id>}, {@code node/<id>}
 * @param inputs the values that the rule was given, by name
 * @param explanation one sentence for the customer
 */
public record Decision(
    String rule,
    int ruleVersion,
    String subject,
    Verdict verdict,
    Map<String, String> inputs,
    String explanation) {

  public Decision {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
  }

  /** A rule in one version. */
  public record Rule(String id, int version) {

    /** What came of this rule. */
    public Decision decided(
        String subject, Verdict verdict, Map<String, String> inputs, String explanation) {
      return new Decision(id, version, subject, verdict, inputs, explanation);
    }
  }
}
