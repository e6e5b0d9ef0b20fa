/**
 * The OpenAPI documents of both APIs, made from the routes themselves, and a page to read them.
 * What a route reads and answers is said by the route: its signature, and the readers that its
 * controller names as {@link io.keelson.adapters.rest.request.Described}. Nothing about a single
 * route belongs here.
 */
@NullMarked
package io.keelson.adapters.rest.openapi;

import org.jspecify.annotations.NullMarked;
