/** The settings and the wiring of the Kafka clients. No mapping of records belongs here. */
@NullMarked
package io.keelson.infra.app.kafka;

import org.jspecify.annotations.NullMarked;
