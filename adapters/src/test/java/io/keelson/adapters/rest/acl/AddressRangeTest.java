package io.keelson.adapters.rest.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 0.0.0.0/0",
    "192.0.2.0/24, 192.0.2.0/24",
    "192.0.2.7, 192.0.2.7/32",
    "255.255.255.255, 255.255.255.255/32",
    "192.0.2.0/024, 192.0.2.0/24",
    "::/0, ::/0",
    "::, ::/128",
    "::1, ::1/128",
    "1::, 1::/128",
    "2001:DB8::/32, 2001:db8::/32",
    "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1/128",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1/128",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1/128",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1/128",
    "10:100:0:0:0:0:0:10, 10:100::10/128",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201/128"
  })
  void has_one_text(String given, String text) {
    assertThat(AddressRange.parse(given)).map(AddressRange::toString).contains(text);
    assertThat(AddressRange.parse(text)).isEqualTo(AddressRange.parse(given));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7/24, 192.0.2.0/24",
    "192.0.2.7/0, 0.0.0.0/0",
    "192.0.2.7/32, 192.0.2.7/32",
    "255.255.255.255/1, 128.0.0.0/1",
    "2001:db8::7/32, 2001:db8::/32",
    "ffff::7/1, 8000::/1"
  })
  void lies_in_a_network(String range, String network) {
    assertThat(AddressRange.parse(range).map(AddressRange::network).map(AddressRange::toString))
        .contains(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "everybody",
        "localhost",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.01",
        "192.0.2.1/33",
        "192.0.2.1/-1",
        "192.0.2.1/",
        "192.0.2.1/8/8",
        "192.0.2.1/99999999999",
        "192.0.2.1 /8",
        "0x7f000001",
        "3221225985",
        "2001:db8::/129",
        "2001:db8:::1",
        "1:2:3:4:5:6:7:8:9",
        "[::1]",
        "fe80::1%eth0",
        "::ffff:192.0.2.1",
        ":",
        "/8",
        "::g"
      })
  void is_none(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
