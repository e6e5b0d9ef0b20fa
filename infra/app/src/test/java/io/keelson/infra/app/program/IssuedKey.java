package io.keelson.infra.app.program;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * One more API key of the default organization. No route issues keys yet, so its row is written
 * into the read model.
 */
record IssuedKey(String accessKey, String secret) {

  /** Copies the row of the first key, with one permission set in place of the owner's. */
  static IssuedKey issue(
      Map<String, String> owner, Map<String, String> servers, String accessKey, String permissions)
      throws Exception {
    String secret = UUID.randomUUID().toString();
    int rows =
        Fleet.database(servers)
            .update(
                """
                insert into readmodel.api_key (data)
                select replace(replace(replace(data::text, id, ?), secret_hash, ?),
                  'OrganizationManager', ?)::jsonb
                from readmodel.api_key where id = ?
                """,
                accessKey,
                hash(secret),
                permissions,
                owner.getOrDefault("SCW_ACCESS_KEY", ""));
    assertThat(rows).isEqualTo(1);
    return new IssuedKey(accessKey, secret);
  }

  private static String hash(String secret) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII)));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return accessKey;
  }
}
