package io.keelson.adapters.rest.openapi;

import io.keelson.adapters.rest.access.AccessInterceptor;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.Descriptions.Description;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** All operations: every route of every controller. */
@Component
class Operations {
  private final ObjectProvider<RequestMappingHandlerMapping> routes;

  /**
   * @param routes not yet created while the controllers are: one of them needs this bean
   */
  Operations(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> routes) {
    this.routes = routes;
  }

  /**
   * The operations of the selected paths, sorted by path.
   *
   * @throws IllegalStateException when a route reads something that no controller describes, or
   *     when a controller describes a handler method that does not exist
   */
  List<Operation> of(Predicate<String> paths) {
    List<Operation> operations = new ArrayList<>();
    routes
        .getObject()
        .getHandlerMethods()
        .forEach(
            (route, handler) -> {
              for (String path : route.getPatternValues()) {
                // A route with a condition on parameters serves some of the calls of another route.
                if (paths.test(path) && route.getParamsCondition().isEmpty()) {
                  add(path, route, handler.createWithResolvedBean(), operations);
                }
              }
            });
    operations.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
    return operations;
  }

  private static void add(
      String path, RequestMappingInfo route, HandlerMethod handler, List<Operation> operations) {
    for (RequestMethod method : route.getMethodsCondition().getMethods()) {
      operations.add(
          new Operation(
              AccessInterceptor.operation(handler),
              tag(handler),
              path,
              method.name().toLowerCase(Locale.ROOT),
              handler.getMethod(),
              description(handler)));
    }
  }

  private static Description description(HandlerMethod handler) {
    Descriptions all = new Descriptions();
    if (handler.getBean() instanceof Described controller) {
      controller.describe(all);
    }
    for (String name : all.byHandler().keySet()) {
      if (Arrays.stream(handler.getBeanType().getDeclaredMethods())
          .noneMatch(method -> method.getName().equals(name))) {
        throw new IllegalStateException(
            handler.getBeanType().getName() + " describes " + name + ", but has no such method");
      }
    }
    String name = handler.getMethod().getName();
    Description described = all.byHandler().get(name);
    boolean readsMore =
        Arrays.asList(handler.getMethod().getParameterTypes()).contains(HttpServletRequest.class);
    if (described == null && readsMore) {
      throw new IllegalStateException(
          "%1$s.%2$s has the request as a parameter and is not described: its controller"
                  .formatted(handler.getBeanType().getName(), name)
              + " must implement Described and call routes.query(\"%1$s\", reader), .body(...) or"
                  .formatted(name)
              + " .bare(\"%1$s\")".formatted(name));
    }
    return described == null ? Description.NOTHING : described;
  }

  /** The subject: the last part of the controller's package. */
  private static String tag(HandlerMethod handler) {
    String name = handler.getBeanType().getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
