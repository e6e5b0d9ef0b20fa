/** Tests of the OpenAPI documents. */
@NullMarked
package io.keelson.adapters.rest.openapi;

import org.jspecify.annotations.NullMarked;
