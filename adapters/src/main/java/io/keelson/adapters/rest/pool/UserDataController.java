package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.response.FileResponse;
import io.keelson.commands.PoolId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the user data with which the machines of a pool start. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/pools/{pool_id}/user-data")
public class UserDataController implements Described {
  private static final Choice FLAG = Choice.of("1", "0", "true", "false");

  private final PoolWrites pools;

  public UserDataController(PoolWrites pools) {
    this.pools = pools;
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
    String content = pools.find(caller, region, pool).spec().userData().get(key);
    if (content == null) {
      throw new Refused(Problem.notFound("user_data", key));
    }
    return FileResponse.of(key, Base64.getDecoder().decode(content), raw);
  }

  private static boolean isRaw(QueryArguments query) {
    String raw = query.choice("dl", FLAG);
    return raw != null && (raw.equals("1") || raw.equals("true"));
  }
}
