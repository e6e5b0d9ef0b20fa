/**
 * How a call is read: its id, its body and its query, strictly and with every violation collected.
 * What a resource may be does not belong here.
 *
 * <p>How a route comes into the OpenAPI document: by itself, with its path, its path variables, its
 * answer and its errors. A handler method that is given the request reads more than its signature
 * shows, so its controller is {@link io.keelson.adapters.rest.request.Described} and names the
 * reader, in one line: {@code routes.body("createPool", PoolRequest.ANY::read)}, {@code
 * routes.query("listPools", PoolQuery::read)}, or {@code routes.bare("rebootNode")} where it reads
 * neither. A reader says of an argument that every call needs it with {@code require(name)}.
 */
@NullMarked
package io.keelson.adapters.rest.request;

import org.jspecify.annotations.NullMarked;
