/** The format of values and files in responses. The fields of a resource belong to the resource. */
@NullMarked
package io.keelson.adapters.rest.response;

import org.jspecify.annotations.NullMarked;
