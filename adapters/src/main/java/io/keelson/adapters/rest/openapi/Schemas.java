package io.keelson.adapters.rest.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.keelson.commands.Id;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas of responses, as Jackson writes them. Records become components of the document.
 * Every component of a record is required, and only one with {@code @Nullable} may be null.
 */
final class Schemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, Class<?>> records = new TreeMap<>();
  private final Map<String, ObjectNode> components = new TreeMap<>();

  /** The schemas of all records so far, by name. */
  Map<String, ObjectNode> components() {
    return components;
  }

  /** The schema of a value of the type. */
  ObjectNode of(Type type) {
    return switch (type) {
      case ParameterizedType generic -> ofGeneric(generic);
      case Class<?> plain -> ofClass(plain);
      default -> throw new IllegalArgumentException("no schema is defined for " + type);
    };
  }

  private ObjectNode ofGeneric(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return typed("array").set("items", of(arguments[0]));
    }
    if (type.getRawType() == Map.class) {
      return typed("object").set("additionalProperties", of(arguments[1]));
    }
    throw new IllegalArgumentException("no schema is defined for " + type);
  }

  private ObjectNode ofClass(Class<?> type) {
    if (type == String.class) {
      return typed("string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return typed("boolean");
    }
    if (type == int.class || type == Integer.class) {
      return typed("integer").put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return typed("integer").put("format", "int64");
    }
    if (type == double.class || type == Double.class || type == Number.class) {
      return typed("number");
    }
    if (type == UUID.class || Id.class.isAssignableFrom(type)) {
      return typed("string").put("format", "uuid");
    }
    if (type == Instant.class) {
      return typed("string").put("format", "date-time");
    }
    if (type == byte[].class) {
      return typed("string").put("contentEncoding", "base64");
    }
    if (type.isEnum()) {
      ArrayNode names = JSON.arrayNode();
      for (Object each : type.getEnumConstants()) {
        names.add(each.toString());
      }
      return typed("string").set("enum", names);
    }
    if (type.isRecord()) {
      return JSON.objectNode().put("$ref", "#/components/schemas/" + component(type));
    }
    throw new IllegalArgumentException("no schema is defined for " + type);
  }

  private String component(Class<?> type) {
    String name = name(type);
    Class<?> before = records.putIfAbsent(name, type);
    if (before == null) {
      components.put(name, ofRecord(type));
    } else if (before != type) {
      throw new IllegalStateException(before + " and " + type + " have the same name: " + name);
    }
    return name;
  }

  private ObjectNode ofRecord(Class<?> type) {
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    Map<String, String> names = names(type);
    for (RecordComponent each : type.getRecordComponents()) {
      String name = names.getOrDefault(each.getName(), each.getName());
      properties.set(name, ofComponent(name, each));
      JsonInclude included = annotation(each, JsonInclude.class);
      if (included == null || included.value() == JsonInclude.Include.ALWAYS) {
        required.add(name);
      }
    }
    ObjectNode schema = typed("object");
    schema.set("properties", properties);
    return schema.set("required", required);
  }

  private ObjectNode ofComponent(String name, RecordComponent component) {
    if (annotation(component, JsonRawValue.class) != null) {
      return JSON.objectNode(); // any JSON
    }
    ObjectNode schema = of(component.getGenericType());
    if (component.getType() == String.class && name.endsWith("_at")) {
      schema.put("format", "date-time");
    }
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        ? nullable(schema)
        : schema;
  }

  private static ObjectNode nullable(ObjectNode schema) {
    if (schema.has("$ref")) {
      return JSON.objectNode().set("anyOf", JSON.arrayNode().add(schema).add(typed("null")));
    }
    return schema.set("type", JSON.arrayNode().add(schema.get("type")).add("null"));
  }

  /** Jackson's names of the components of a record. */
  private static Map<String, String> names(Class<?> type) {
    SerializationConfig config = JsonMapper.shared().serializationConfig();
    ClassIntrospector introspector = config.classIntrospectorInstance();
    JavaType java = config.constructType(type);
    Map<String, String> names = new HashMap<>();
    introspector
        .introspectForSerialization(java, introspector.introspectClassAnnotations(java))
        .findProperties()
        .forEach(property -> names.put(property.getInternalName(), property.getName()));
    return names;
  }

  /**
   * Jackson's annotations do not target record components; the compiler copies them to accessors.
   */
  private static <A extends Annotation> @Nullable A annotation(
      RecordComponent component, Class<A> type) {
    return component.getAccessor().getAnnotation(type);
  }

  /**
   * The name for clients: {@code ClusterResponse} is Cluster, its {@code Clusters} is Clusters, its
   * {@code Upgrade} is ClusterUpgrade.
   */
  private static String name(Class<?> type) {
    String own = type.getSimpleName().replaceAll("(Response|Controller)$", "");
    Class<?> enclosing = type.getEnclosingClass();
    if (enclosing == null) {
      return own;
    }
    String outer = name(enclosing);
    return own.startsWith(outer) && !own.equals(outer) ? own : outer + own;
  }

  private static ObjectNode typed(String type) {
    return JSON.objectNode().put("type", type);
  }
}
