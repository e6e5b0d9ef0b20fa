package io.keelson.infra.eventstore.processor;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Duration;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/** Axon's token store on our own table. */
public final class TokenStores {

  private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(5);

  private TokenStores() {}

  /**
   * The token store.
   *
   * @param connections joins the transaction in which a token is stored
   * @param nodeId is unique per instance, also between containers, where every process id is the
   *     same
   */
  public static JdbcTokenStore postgres(ConnectionProvider connections, String nodeId) {
    return JdbcTokenStore.builder()
        .connectionProvider(connections)
        .schema(
            TokenSchema.builder()
                .setTokenTable("eventstore.token")
                .setProcessorNameColumn("processor")
                .setSegmentColumn("segment")
                .setTokenColumn("token")
                .setTokenTypeColumn("token_type")
                .setTimestampColumn("touched_at")
                .setOwnerColumn("owner")
                .build())
        .serializer(tokenSerializer())
        .claimTimeout(LEASE_TIMEOUT)
        .nodeId(nodeId)
        .build();
  }

  /**
   * Reads and writes every kind of token, also those of a replay. It reads and writes fields, since
   * some of Axon's tokens are not beans. It allows the classes of the parts of a replay token,
   * since that token names them.
   */
  static Serializer tokenSerializer() {
    PolymorphicTypeValidator parts =
        BasicPolymorphicTypeValidator.builder()
            .allowIfSubType(TrackingToken.class)
            .allowIfSubType(String.class)
            .build();
    return Jackson3Serializer.builder()
        .jsonMapperBuilderCustomizer(
            mapper ->
                mapper
                    .polymorphicTypeValidator(parts)
                    .changeDefaultVisibility(
                        visibility ->
                            visibility
                                .withFieldVisibility(Visibility.ANY)
                                .withGetterVisibility(Visibility.NONE)
                                .withIsGetterVisibility(Visibility.NONE)))
        .build();
  }
}
