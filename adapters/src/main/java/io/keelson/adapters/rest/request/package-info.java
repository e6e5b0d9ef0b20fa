/**
 * Reads calls: the id, the body and the query, strictly, with all violations collected. Rules of
 * resources do not belong here.
 *
 * <p>A route appears in the OpenAPI document with its path, its path variables, its response and
 * its errors, all taken from its signature. A handler method that has the request as a parameter
 * reads more than its signature shows. Its controller is therefore {@link
 * io.keelson.adapters.rest.request.Described} and names the reader in one line: {@code
 * routes.body("createPool", PoolRequest.ANY::read)}, {@code routes.query("listPools",
 * PoolQuery::read)}, or {@code routes.bare("rebootNode")} if it reads neither. A reader declares a
 * required argument with {@code require(name)}.
 */
@NullMarked
package io.keelson.adapters.rest.request;

import org.jspecify.annotations.NullMarked;
