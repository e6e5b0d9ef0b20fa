package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kubernetes version, {@code major.minor.patch}, without a leading {@code v}. */
public record KubernetesVersion(int major, int minor, int patch)
    implements Comparable<KubernetesVersion> {

  private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Comparator<KubernetesVersion> ORDER =
      Comparator.comparingInt(KubernetesVersion::major)
          .thenComparingInt(KubernetesVersion::minor)
          .thenComparingInt(KubernetesVersion::patch);

  /**
   * Reads {@code 1.35.3}.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static KubernetesVersion of(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("not a Kubernetes version (x.y.z): " + text);
    }
    return new KubernetesVersion(
        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
  }

  /** Whether both are patches of one minor. */
  public boolean sameMinorAs(KubernetesVersion other) {
    return major == other.major && minor == other.minor;
  }

  /** Whether this is a patch of the minor right after that of {@code other}. */
  public boolean isNextMinorOf(KubernetesVersion other) {
    return major == other.major && minor == other.minor + 1;
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  @JsonValue
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
