/**
 * The servers that tests of several modules use, a real PostgreSQL and a real Kafka, and limits on
 * time. No test belongs here.
 */
@NullMarked
package io.keelson.infra.testing;

import org.jspecify.annotations.NullMarked;
