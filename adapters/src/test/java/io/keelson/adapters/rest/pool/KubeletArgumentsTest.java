package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeletArgumentsTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "bool, true, yes",
        "uint16, 65535, 65536",
        "uint16, 0, -1",
        "uint32, 4294967295, 4294967296",
        "int32, -2147483648, 2147483648",
        "int32, 5, 99999999999999999999",
        "quantity, 10Mi, ten",
        "quantity, 1.5G, 10MiB",
        "duration, 1h30m, 90",
        "duration, 100ms, ''",
        "enum:none|static, static, dynamic",
        "map[string]string, memory.available=5%, memory.available",
        "map[string]string, '', =x",
        "map[string]string, 'a=1,b=2', 'a=1,,b=2'"
      })
  void are_held_against_their_type(String type, String good, String bad) {
    assertThat(KubeletArguments.isOfType(good, type)).isTrue();
    assertThat(KubeletArguments.isOfType(bad, type)).isFalse();
  }
}
