/** Runs of long processes in Keelson's own API. Asking for one does not belong here. */
@NullMarked
package io.keelson.adapters.rest.operation;

import org.jspecify.annotations.NullMarked;
