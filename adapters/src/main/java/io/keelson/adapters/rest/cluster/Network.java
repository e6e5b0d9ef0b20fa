package io.keelson.adapters.rest.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IPv4 network in CIDR form. Names are never resolved. */
record Network(long base, int prefix) {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern ADDRESS =
      Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);
  private static final Pattern FORM = Pattern.compile("(" + ADDRESS + ")/(3[0-2]|[12]?\\d)");

  /** Empty when the text is not an IPv4 network; the host bits must be 0. */
  static Optional<Network> parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    Network network = new Network(address(m.group(1)).orElseThrow(), Integer.parseInt(m.group(6)));
    return network.base % network.size() == 0 ? Optional.of(network) : Optional.empty();
  }

  static Optional<Long> address(String text) {
    Matcher m = ADDRESS.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      address = address << 8 | Long.parseLong(m.group(i));
    }
    return Optional.of(address);
  }

  static String text(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  long size() {
    return 1L << (32 - prefix);
  }

  /** Whether a host can have the address: it is neither the network nor the broadcast address. */
  boolean hasHost(long address) {
    return address > base && address < base + size() - 1;
  }

  boolean overlaps(Network other) {
    return base < other.base + other.size() && other.base < base + size();
  }

  @Override
  public String toString() {
    return text(base) + "/" + prefix;
  }
}
