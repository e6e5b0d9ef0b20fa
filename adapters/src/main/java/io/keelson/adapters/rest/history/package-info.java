/** Events in Keelson's own API, as a list and as a stream. The audit trail does not belong here. */
@NullMarked
package io.keelson.adapters.rest.history;

import org.jspecify.annotations.NullMarked;
