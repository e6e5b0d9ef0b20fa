/**
 * Kafka at the edge: every open event is published as a CloudEvent, and events of other services
 * are received. Business rules do not belong here, nor does the numbering of the log.
 */
@NullMarked
package io.keelson.adapters.kafka;

import org.jspecify.annotations.NullMarked;
