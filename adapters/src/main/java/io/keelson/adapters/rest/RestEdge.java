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
 * Puts the edge together. Whoever imports it provides the ports that it stands on: {@code
 * Commands}, {@code Statuses}, {@code History}, {@code AuditLog}, {@code EventLog}, {@code
 * Catalogue}, {@code ApiKeys}, {@code Provisioning}, {@code StreamLimits}, a {@code Clock}, the
 * {@link Regions} that are served and the {@code GatewayMetadata}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class RestEdge implements WebMvcConfigurer {
  /** So much of a body that is too large is still read, so that its sender can hear the answer. */
  private static final int SWALLOWED = 16 << 20;

  private final AccessInterceptor gate;
  private final Regions regions;

  public RestEdge(AccessInterceptor gate, Regions regions) {
    this.gate = gate;
    this.regions = regions;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(gate).addPathPatterns("/k8s/**", "/keelson/v1/**", "/metadata");
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
          connector -> connector.setProperty("maxSwallowSize", String.valueOf(SWALLOWED)));
      factory.addContextCustomizers(
          context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(ConnectorErrors.class.getName());
            }
          });
    };
  }
}
