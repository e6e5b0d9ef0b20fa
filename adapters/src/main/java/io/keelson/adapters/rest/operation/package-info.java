/** Operations in Keelson's own API. Starting one does not belong here. */
@NullMarked
package io.keelson.adapters.rest.operation;

import org.jspecify.annotations.NullMarked;
