package io.keelson.infra.eventstore.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Every component of a record is required, except those that may be null: a null is not written,
 * and a component that is missing is null.
 */
final class RequiredComponents extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return !nullable(member);
  }

  @Override
  public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedMember member && nullable(member)
        ? JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL)
        : super.findPropertyInclusion(config, annotated);
  }

  private static boolean nullable(AnnotatedMember member) {
    RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
    if (components == null) {
      return false;
    }
    return switch (member) {
      case AnnotatedParameter p ->
          p.getIndex() < components.length && nullable(components[p.getIndex()]);
      case AnnotatedField _, AnnotatedMethod _ ->
          Arrays.stream(components)
              .anyMatch(
                  component -> component.getName().equals(member.getName()) && nullable(component));
      default -> false;
    };
  }

  private static boolean nullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
