/** Tests of the event store against a real PostgreSQL. */
@NullMarked
package io.keelson.infra.eventstore;

import org.jspecify.annotations.NullMarked;
