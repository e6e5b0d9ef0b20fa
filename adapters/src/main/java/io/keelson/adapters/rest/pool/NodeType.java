package io.keelson.adapters.rest.pool;

import io.keelson.commands.spec.MachineTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine type of pools.
 *
 * @param name lower case, {@code _} for {@code -}
 * @param memory bytes
 * @param localStorage bytes of storage that are part of the machine; 0: none, it requires a volume
 * @param architecture by Kubernetes' name: {@code amd64}...
 * @param eurosPerHour the price of one machine
 */
public record NodeType(
    String name,
    int cpus,
    long memory,
    long localStorage,
    int gpus,
    String architecture,
    double eurosPerHour) {

  /** Machines at other providers, which join a Kosmos cluster. */
  public static final NodeType EXTERNAL =
      new NodeType(MachineTemplate.EXTERNAL, 0, 0, 0, 0, "amd64", 0);

  /** Replaces a type that was refused; it causes no further violation. */
  static final NodeType UNKNOWN = new NodeType("unknown", 0, 0, Long.MAX_VALUE, 0, "amd64", 0);

  private static final long GB = 1_000_000_000L;
  private static final long DEFAULT_VOLUME = 20 * GB;
  private static final Map<String, NodeType> CATALOGUE = read();

  /** The type with a client's name: {@code DEV1-M}, {@code dev1_m}... */
  public static Optional<NodeType> named(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace('-', '_');
    return name.equals(EXTERNAL.name)
        ? Optional.of(EXTERNAL)
        : Optional.ofNullable(CATALOGUE.get(name));
  }

  public boolean isExternal() {
    return name.equals(EXTERNAL.name);
  }

  public String defaultVolumeType() {
    return isExternal() ? "default_volume_type" : localStorage > 0 ? "l_ssd" : "sbs_5k";
  }

  /**
   * The default size of a root volume: all of the local storage, otherwise 20 GB; 0 for external
   * machines.
   */
  public long defaultVolumeSize(String volumeType) {
    if (isExternal()) {
      return 0;
    }
    return volumeType.equals("l_ssd") && localStorage > 0 ? localStorage : DEFAULT_VOLUME;
  }

  private static Map<String, NodeType> read() {
    Map<String, NodeType> types = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(NodeType.class.getResourceAsStream("node-types.csv"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", -1))
          .map(NodeType::of)
          .forEach(type -> types.put(type.name, type));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return types;
  }

  private static NodeType of(String[] columns) {
    return new NodeType(
        columns[0],
        Integer.parseInt(columns[1]),
        Long.parseLong(columns[2]) * GB,
        Long.parseLong(columns[3]) * GB,
        Integer.parseInt(columns[4]),
        columns[5],
        Double.parseDouble(columns[6]));
  }
}
