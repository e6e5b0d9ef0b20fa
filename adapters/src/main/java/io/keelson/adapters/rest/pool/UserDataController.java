package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.SecretReads;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.response.FileResponse;
import io.keelson.commands.PoolId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.secret.SecretErased;
import io.keelson.commands.secret.Secrets;
import io.keelson.projections.status.PoolStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Returns the user data with which the machines of a pool start. A value is sent only after the
 * event that records the read is durable, and is never logged.
 */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/pools/{pool_id}/user-data")
public class UserDataController implements Described {
  private static final Choice FLAG = Choice.of("1", "0", "true", "false");

  private final PoolWrites pools;
  private final Secrets secrets;
  private final SecretReads secretReads;

  public UserDataController(PoolWrites pools, Secrets secrets, SecretReads secretReads) {
    this.pools = pools;
    this.secrets = secrets;
    this.secretReads = secretReads;
  }

  @Override
  public void describe(Descriptions routes) {
    routes
        .query("getUserData", UserDataController::isRaw)
        .response("getUserData", MediaType.APPLICATION_JSON_VALUE, FileResponse.class)
        .response("getUserData", MediaType.APPLICATION_OCTET_STREAM_VALUE, byte[].class);
  }

  @GetMapping("/{key}")
  ResponseEntity<Object> getUserData(
      @PathVariable Region region,
      @PathVariable("pool_id") PoolId pool,
      @PathVariable String key,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    boolean raw = QueryArguments.read(request, UserDataController::isRaw);
    PoolStatus found = pools.find(caller, region, pool);
    SecretRef ref = found.spec().machine().userData().get(key);
    if (ref == null) {
      throw new Refused(Problem.notFound("user_data", key));
    }
    byte[] content = reveal(ref, key);
    secretReads.record(caller, found.cluster(), "pool/" + pool + "/user-data/" + key);
    return FileResponse.of(key, content, raw);
  }

  private byte[] reveal(SecretRef ref, String key) {
    try {
      return secrets.reveal(ref);
    } catch (SecretErased _) {
      throw new Refused(Problem.erased("user_data", key));
    }
  }

  private static boolean isRaw(QueryArguments query) {
    String raw = query.choice("dl", FLAG);
    return raw != null && (raw.equals("1") || raw.equals("true"));
  }
}
