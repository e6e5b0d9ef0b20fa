package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.cluster.ClusterTypeResponse.ClusterTypes;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.commands.spec.ClusterType;
import io.keelson.projections.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Lists the cluster types. */
@RestController
public class ClusterTypeController implements Described {

  @Override
  public void describe(Descriptions routes) {
    routes.query("listClusterTypes", QueryArguments::page);
  }

  @GetMapping("/k8s/v1/regions/{region}/cluster-types")
  ClusterTypes listClusterTypes(@PathVariable Region region, HttpServletRequest request) {
    Page.Request page = QueryArguments.read(request, QueryArguments::page);
    List<ClusterType> all = Arrays.asList(ClusterType.values());
    return ClusterTypes.of(
        all.size(), all.stream().skip(page.offset()).limit(page.size()).toList());
  }
}
