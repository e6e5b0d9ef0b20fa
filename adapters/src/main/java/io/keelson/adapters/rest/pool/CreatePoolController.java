package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.RequestBodies;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.secret.Secrets;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Adds pools to clusters. */
@RestController
@RequestMapping("/k8s/v1/regions/{region}/clusters/{cluster_id}/pools")
public class CreatePoolController implements Described {
  private final Statuses statuses;
  private final Offers offers;
  private final RequestBodies bodies;
  private final PoolWrites pools;
  private final PoolCreationHistory earlier;
  private final StockCheck stock;
  private final Secrets secrets;
  private final Clock clock;

  public CreatePoolController(
      Statuses statuses,
      Offers offers,
      RequestBodies bodies,
      PoolWrites pools,
      PoolCreationHistory earlier,
      StockCheck stock,
      Secrets secrets,
      Clock clock) {
    this.statuses = statuses;
    this.offers = offers;
    this.bodies = bodies;
    this.pools = pools;
    this.earlier = earlier;
    this.stock = stock;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.body("createPool", PoolRequest.ANY::read).problem("createPool", "out_of_stock");
  }

  @PostMapping
  PoolResponse createPool(
      @PathVariable Region region,
      @PathVariable("cluster_id") ClusterId id,
      @RequestAttribute Caller caller,
      HttpServletRequest request) {
    Violations violations = new Violations();
    NewIds ids = NewIds.of(request, caller, violations);
    JsonArguments body = bodies.read(request, violations);
    ClusterStatus cluster =
        statuses
            .cluster(caller.scope(), region.name(), id)
            .orElseThrow(() -> new Refused(Problem.notFound("cluster", id.toString())));
    OperationId operation = new OperationId(ids.next("operation"));
    PoolId pool = new PoolId(ids.next("pool"));
    Optional<KubernetesVersion> before =
        ids.repeatable() ? earlier.version(operation, caller) : Optional.empty();
    KubernetesVersion version = before.orElse(cluster.spec().version());
    NewPool requested = reader(cluster, version, region).read(body);
    violations.check();
    if (before.isEmpty() && statuses.pool(caller.scope(), region.name(), pool).isEmpty()) {
      stock.check(List.of(requested.spec()));
    }
    PoolSpec spec = requested.userData().keep(secrets, id, requested.spec());
    return create(new CreatePool(id, pool, operation, spec), region, caller);
  }

  private PoolRequest reader(ClusterStatus cluster, KubernetesVersion version, Region region) {
    return new PoolRequest(
        region,
        cluster.spec().type(),
        version,
        offers.now().known(version).orElse(null),
        cluster.project());
  }

  private PoolResponse create(CreatePool command, Region region, Caller caller) {
    PoolId pool = command.pool();
    Instant created =
        pools
            .send(command, command.operation(), pool, region.name(), caller)
            .map(PoolStatus::createdAt)
            .orElseGet(clock::instant);
    // The pool as it was created, whatever its state is now: so a repeated call has the same
    // response.
    return PoolResponse.of(
        PoolStatus.created(
            pool,
            0,
            command.clusterId(),
            region.name(),
            command.spec(),
            command.operation(),
            created));
  }
}
