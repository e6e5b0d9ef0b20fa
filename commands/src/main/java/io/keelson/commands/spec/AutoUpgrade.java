package io.keelson.commands.spec;

/**
 * Whether patches come by themselves, and in which two hours.
 *
 * @param startHour 0 to 23, UTC
 * @param day {@code any}, or {@code monday} to {@code sunday}
 */
public record AutoUpgrade(boolean enabled, int startHour, String day) {

  public static final AutoUpgrade DEFAULT = new AutoUpgrade(false, 0, "any");
}
