package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.cluster.ClusterTypeAnswer.ClusterTypes;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.request.Violations;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.projections.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The cluster types on offer. */
@RestController
public class ClusterTypeController {

  @GetMapping("/k8s/v1/regions/{region}/cluster-types")
  ClusterTypes listClusterTypes(@PathVariable Region region, HttpServletRequest request) {
    Violations violations = new Violations();
    Page.Request page = new QueryArguments(request, violations).page();
    violations.check();
    List<ClusterType> all = Arrays.asList(ClusterType.values());
    return ClusterTypes.of(
        all.size(), all.stream().skip(page.offset()).limit(page.size()).toList());
  }
}
