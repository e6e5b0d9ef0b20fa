package io.keelson.commands.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keelson.commands.OpenIdConnect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some members of a cluster's specification; null: not one of them. A list is replaced whole. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterChange(
    @Nullable String name,
    @Nullable String description,
    @Nullable List<String> tags,
    @Nullable AutoscalerConfig autoscaler,
    @Nullable AutoUpgrade autoUpgrade,
    @Nullable List<String> featureGates,
    @Nullable List<String> admissionPlugins,
    @Nullable OpenIdConnect openIdConnect,
    @Nullable List<String> apiserverCertSans) {

  public ClusterChange {
    tags = tags == null ? null : List.copyOf(tags);
    featureGates = featureGates == null ? null : List.copyOf(featureGates);
    admissionPlugins = admissionPlugins == null ? null : List.copyOf(admissionPlugins);
    apiserverCertSans = apiserverCertSans == null ? null : List.copyOf(apiserverCertSans);
  }
}
