/**
 * Connections that are kept open and replaced when they are lost, and which failures are an outage
 * of the store. No query belongs here.
 */
@NullMarked
package io.keelson.infra.eventstore.connection;

import org.jspecify.annotations.NullMarked;
