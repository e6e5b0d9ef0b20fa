package io.keelson.adapters.rest.access;

import io.keelson.commands.access.PermissionSet.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that a route requires. A route without this annotation requires {@code READ} for
 * {@code GET} and {@code HEAD}, and {@code WRITE} for any other method.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresPermission {
  Permission value();

  /** The API's name of the operation, where the handler method has another name. */
  String operation() default "";
}
