/**
 * What tests of several modules need from outside the JVM: a real PostgreSQL and a real Kafka. No
 * test belongs here.
 */
@NullMarked
package io.keelson.infra.testing;

import org.jspecify.annotations.NullMarked;
