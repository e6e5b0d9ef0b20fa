/**
 * The OpenAPI documents of both APIs, derived from the routes, and a page to read them. A route
 * describes itself by its signature and by the readers that its controller names as {@link
 * io.keelson.adapters.rest.request.Described}. Nothing about a single route belongs here.
 */
@NullMarked
package io.keelson.adapters.rest.openapi;

import org.jspecify.annotations.NullMarked;
