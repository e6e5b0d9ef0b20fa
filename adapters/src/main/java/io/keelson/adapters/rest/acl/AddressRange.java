package io.keelson.adapters.rest.acl;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A range of IPv4 or IPv6 addresses in CIDR form. Names are never resolved.
 *
 * @param bits the length of an address: 32 or 128
 */
record AddressRange(BigInteger address, int bits, int prefix) {
  private static final int V4 = 32;
  private static final int V6 = 128;
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern ADDRESS_V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern ADDRESS_V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
  private static final Pattern ZEROS = Pattern.compile("\\b0(:0)+\\b");
  private static final Pattern FORM = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

  /** Empty when the text is no such range; a bare address is a range of one address. */
  static Optional<AddressRange> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return address(form.group(1))
        .flatMap(
            bytes -> {
              int bits = bytes.length * 8;
              int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
              return prefix > bits
                  ? Optional.empty()
                  : Optional.of(new AddressRange(new BigInteger(1, bytes), bits, prefix));
            });
  }

  /** The same range with every bit after the prefix set to 0. */
  AddressRange network() {
    int hosts = bits - prefix;
    return new AddressRange(address.shiftRight(hosts).shiftLeft(hosts), bits, prefix);
  }

  private static Optional<byte[]> address(String text) {
    boolean v4 = ADDRESS_V4.matcher(text).matches();
    if (!v4 && !ADDRESS_V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(text).getAddress();
      // An IPv4-mapped IPv6 address is refused: other programs read it as another address.
      return bytes.length * 8 == (v4 ? V4 : V6) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** IPv6 addresses are written as in RFC 5952, so that one range has one text. */
  @Override
  public String toString() {
    return (bits == V4 ? textOfV4() : textOfV6()) + "/" + prefix;
  }

  private String textOfV4() {
    return parts(8, 10, ".");
  }

  private String textOfV6() {
    String full = parts(16, 16, ":");
    int start = 0;
    int end = 0;
    Matcher zeros = ZEROS.matcher(full);
    while (zeros.find()) {
      if (zeros.end() - zeros.start() > end - start) {
        start = zeros.start();
        end = zeros.end();
      }
    }
    return end == 0
        ? full
        : full.substring(0, Math.max(0, start - 1))
            + "::"
            + full.substring(Math.min(full.length(), end + 1));
  }

  private String parts(int size, int radix, String separator) {
    return IntStream.iterate(bits - size, shift -> shift >= 0, shift -> shift - size)
        .mapToObj(shift -> address.shiftRight(shift).intValue() & ((1 << size) - 1))
        .map(part -> Integer.toString(part, radix))
        .collect(Collectors.joining(separator));
  }
}
