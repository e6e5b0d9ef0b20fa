/** How values are spelt in answers. What a resource shows belongs to the resource. */
@NullMarked
package io.keelson.adapters.rest.response;

import org.jspecify.annotations.NullMarked;
