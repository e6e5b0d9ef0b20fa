/**
 * Tests that start the whole program in JVMs of their own. No test of a single class belongs here.
 */
@NullMarked
package io.keelson.infra.app.program;

import org.jspecify.annotations.NullMarked;
