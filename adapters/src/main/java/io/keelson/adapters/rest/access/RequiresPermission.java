package io.keelson.adapters.rest.access;

import io.keelson.commands.access.PermissionSet.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a caller needs for a route. A route without it needs {@code READ} to be read and {@code
 * WRITE} for everything else.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresPermission {
  Permission value();

  /** The API's name of the operation, where it is not that of the method. */
  String operation() default "";
}
