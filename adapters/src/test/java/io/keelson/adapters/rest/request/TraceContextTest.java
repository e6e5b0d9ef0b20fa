package io.keelson.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void a_call_stays_in_the_trace_of_its_caller_with_a_span_of_its_own() {
    String given = "00-" + TRACE + "-" + SPAN + "-01";

    String own = TraceContext.of(given);

    assertThat(own).matches("00-" + TRACE + "-[0-9a-f]{16}-01").isNotEqualTo(given);
  }

  @Test
  void a_later_version_is_read_as_far_as_it_is_known() {
    assertThat(TraceContext.of("cc-" + TRACE + "-" + SPAN + "-01-what-comes"))
        .startsWith("00-" + TRACE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "x",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01"
      })
  void what_is_malformed_begins_a_new_trace(String given) {
    String first = TraceContext.of(given);
    String second = TraceContext.of(given);

    assertThat(first).matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00");
    assertThat(first).doesNotContain(TRACE);
    assertThat(second.substring(3, 35)).isNotEqualTo(first.substring(3, 35));
  }
}
