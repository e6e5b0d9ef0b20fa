/**
 * Measures how fast the program is, each measure beside its raw limit or Axon's stock engine. No
 * rule, and nothing that the program needs to run, belongs here.
 */
@NullMarked
package io.keelson.infra.benchmarks;

import org.jspecify.annotations.NullMarked;
