/** Events that a processing group could not handle, parked in order until they are handled. */
@NullMarked
package io.keelson.infra.eventstore.deadletter;

import org.jspecify.annotations.NullMarked;
