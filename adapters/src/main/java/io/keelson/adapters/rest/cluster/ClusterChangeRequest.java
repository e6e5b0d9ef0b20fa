package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.release.Release;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import io.keelson.commands.spec.ClusterChange;
import io.keelson.commands.spec.ClusterSpec;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a change of a cluster. Objects are partial: an absent member stays unchanged. A member that
 * cannot be changed is ignored, as recorded for pools.
 */
final class ClusterChangeRequest {

  private ClusterChangeRequest() {}

  /**
   * The changes that the body contains.
   *
   * @param release the release of the cluster's version; null: what it offers is not checked
   */
  static ClusterChange read(JsonArguments body, ClusterSpec cluster, @Nullable Release release) {
    return read(
        body,
        cluster.autoscaler(),
        cluster.autoUpgrade(),
        cluster.apiServer().openIdConnect(),
        release);
  }

  /** Reads the body only to describe it. */
  static void describe(JsonArguments body) {
    read(body, AutoscalerConfig.DEFAULT, AutoUpgrade.DEFAULT, OpenIdConnect.NONE, null);
  }

  private static ClusterChange read(
      JsonArguments body,
      AutoscalerConfig autoscaler,
      AutoUpgrade autoUpgrade,
      OpenIdConnect openIdConnect,
      @Nullable Release release) {
    ReleaseRequest offered = new ReleaseRequest(release);
    return new ClusterChange(
        body.otherName("name", ClusterRequest.MAX_NAME_LENGTH),
        // An empty text is a value here: it removes the description.
        body.text("description", ClusterRequest.MAX_DESCRIPTION_LENGTH),
        list(body, "tags", b -> b.texts("tags", ClusterRequest.MAX_TAG_LENGTH)),
        object(body, "autoscaler_config", SettingsRequest::autoscaler, autoscaler),
        object(body, "auto_upgrade", SettingsRequest::autoUpgrade, autoUpgrade),
        list(body, "feature_gates", offered::featureGates),
        list(body, "admission_plugins", offered::admissionPlugins),
        object(body, "open_id_connect_config", SettingsRequest::openIdConnect, openIdConnect),
        list(body, "apiserver_cert_sans", ClusterRequest::certificateNames));
  }

  private static @Nullable List<String> list(
      JsonArguments body, String name, Function<JsonArguments, List<String>> reader) {
    return body.isGiven(name) ? reader.apply(body) : null;
  }

  private static <T> @Nullable T object(
      JsonArguments body, String name, BiFunction<JsonArguments, T, T> reader, T before) {
    JsonArguments given = body.object(name);
    return given == null ? null : reader.apply(given, before);
  }
}
