package io.keelson.adapters.rest.access;

import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.secret.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * Source address and user agent of one call. They are personal data: they leave this object only
 * for the store of secrets, where they are kept at the first use, and once per call. A call that
 * sends no command keeps nothing.
 */
public final class Client {
  private static final int MAX_USER_AGENT_LENGTH = 500;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Secrets secrets;
  private final SecretSubject subject;
  private final String sourceIp;
  private final String userAgent;
  private @Nullable SecretRef kept;

  private Client(Secrets secrets, SecretSubject subject, String sourceIp, String userAgent) {
    this.secrets = secrets;
    this.subject = subject;
    this.sourceIp = sourceIp;
    this.userAgent = userAgent;
  }

  /** The client of a call that is made with this key. */
  static Client of(HttpServletRequest request, AccessKey key, Secrets secrets) {
    String userAgent = request.getHeader(HttpHeaders.USER_AGENT);
    return new Client(
        secrets,
        SecretSubject.principal(key.value()),
        request.getRemoteAddr(),
        userAgent == null
            ? ""
            : userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT_LENGTH)));
  }

  /** Stands for both in commands and events. */
  public synchronized SecretRef ref() {
    SecretRef known = kept;
    if (known == null) {
      known = secrets.keep(subject, json());
      kept = known;
    }
    return known;
  }

  /** Always in the same order, so that the same client has the same reference. */
  private byte[] json() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("source_ip", sourceIp);
    members.put("user_agent", userAgent);
    return JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
  }
}
