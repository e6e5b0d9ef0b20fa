package io.keelson.adapters.rest;

import io.keelson.adapters.rest.access.AccessInterceptor;
import io.keelson.adapters.rest.problem.ConnectorErrors;
import io.keelson.adapters.rest.request.Regions;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Configures the HTTP edge. The importing configuration provides the ports that it uses: {@code
 * Commands}, {@code Statuses}, {@code History}, {@code AuditLog}, {@code EventLog}, {@code
 * Catalogue}, {@code ApiKeys}, {@code Provisioning}, {@code StreamLimits}, {@code Secrets}, {@code
 * ProgressReports}, a {@code Clock}, the served {@link Regions} and the {@code GatewayMetadata}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class RestEdge implements WebMvcConfigurer {
  /**
   * Tomcat reads this much of a body that is too large, so that the client can receive the
   * response.
   */
  private static final int MAX_SWALLOWED_BYTES = 16 << 20;

  private final AccessInterceptor accessInterceptor;
  private final Regions regions;

  public RestEdge(AccessInterceptor accessInterceptor, Regions regions) {
    this.accessInterceptor = accessInterceptor;
    this.regions = regions;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(accessInterceptor)
        .addPathPatterns("/k8s/**", "/keelson/v1/**", "/metadata");
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(regions);
  }

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> connectorErrors() {
    return factory -> {
      factory.addConnectorCustomizers(
          connector ->
              connector.setProperty("maxSwallowSize", String.valueOf(MAX_SWALLOWED_BYTES)));
      factory.addContextCustomizers(
          context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(ConnectorErrors.class.getName());
            }
          });
    };
  }
}
