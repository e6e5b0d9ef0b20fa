package io.keelson.infra.eventstore.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.MultiSourceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenStoresTest {

  private final DataSource database = TestPostgres.database("eventstore");
  private final JdbcTokenStore here = node("here");
  private final JdbcTokenStore there = node("there");

  @AfterEach
  void resetClock() {
    AbstractTokenEntry.clock = Clock.systemUTC();
  }

  private JdbcTokenStore node(String name) {
    return TokenStores.postgres(new SpringDataSourceConnectionProvider(database), name);
  }

  static Stream<TrackingToken> tokens() {
    TrackingToken five = new GlobalSequenceTrackingToken(5);
    TrackingToken nine = new GlobalSequenceTrackingToken(9);
    return Stream.of(
        five,
        ReplayToken.createReplayToken(nine),
        ReplayToken.createReplayToken(nine, five),
        ReplayToken.createReplayToken(nine, five, "why it is replayed"),
        new MergedTrackingToken(five, nine),
        ReplayToken.createReplayToken(new MergedTrackingToken(five, nine), five),
        GapAwareTrackingToken.newInstance(9, List.of(3L, 7L)),
        new MultiSourceTrackingToken(Map.of("a", five, "b", nine)));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void every_kind_of_token_is_read_as_it_was_written(TrackingToken token) {
    here.initializeTokenSegments("status", 1, new GlobalSequenceTrackingToken(0));
    here.fetchToken("status", 0);

    here.storeToken(token, "status", 0);

    assertThat(here.fetchToken("status", 0)).isEqualTo(token);
    here.releaseClaim("status", 0);
    assertThat(there.fetchToken("status", 0)).isEqualTo(token);
  }

  @Test
  void a_processor_begins_at_its_initial_token() {
    here.initializeTokenSegments("status", 2, new GlobalSequenceTrackingToken(7));

    assertThat(here.fetchSegments("status")).containsExactly(0, 1);
    assertThat(here.fetchToken("status", 1)).isEqualTo(new GlobalSequenceTrackingToken(7));
    assertThatThrownBy(() -> here.initializeTokenSegments("status", 2, null))
        .isInstanceOf(UnableToClaimTokenException.class);
  }

  @Test
  void the_store_has_an_identifier_that_all_instances_share() {
    assertThat(here.retrieveStorageIdentifier())
        .isPresent()
        .isEqualTo(there.retrieveStorageIdentifier());
  }

  @Test
  void a_lease_is_taken_over_five_seconds_after_its_owner_stopped() {
    Instant start = Instant.parse("2026-11-01T12:00:00Z");
    at(start);
    here.initializeTokenSegments("status", 1, new GlobalSequenceTrackingToken(7));
    here.fetchToken("status", 0);

    at(start.plusMillis(4_900));
    assertThatThrownBy(() -> there.fetchToken("status", 0))
        .isInstanceOf(UnableToClaimTokenException.class);
    assertThat(there.fetchAvailableSegments("status")).isEmpty();

    at(start.plusMillis(5_100));
    assertThat(there.fetchAvailableSegments("status")).containsExactly(Segment.ROOT_SEGMENT);
    assertThat(there.fetchToken("status", 0)).isEqualTo(new GlobalSequenceTrackingToken(7));
    assertThatThrownBy(() -> here.storeToken(new GlobalSequenceTrackingToken(8), "status", 0))
        .isInstanceOf(UnableToClaimTokenException.class);
  }

  private static void at(Instant instant) {
    AbstractTokenEntry.clock = Clock.fixed(instant, ZoneOffset.UTC);
  }
}
