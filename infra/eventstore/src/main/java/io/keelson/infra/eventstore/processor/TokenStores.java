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

  private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(5);

  private TokenStores() {}

  /**
   * The token store.
   *
   * @param connections joins the transaction of whoever stores a token
   * @param nodeId differs between any two instances, also between containers, where all have the
   *     same process id
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
        .claimTimeout(CLAIM_TIMEOUT)
        .nodeId(nodeId)
        .build();
  }

  /**
   * Reads and writes every kind of token, those of a replay too: Axon's are not all beans, so their
   * fields are taken; and a replay names the classes of its parts, so these must be allowed.
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
