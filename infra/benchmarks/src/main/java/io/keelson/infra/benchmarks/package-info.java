/**
 * Measures how fast the program is, compared with a raw limit or with Axon's stock engine. The
 * program itself must not need any class of this package.
 */
@NullMarked
package io.keelson.infra.benchmarks;

import org.jspecify.annotations.NullMarked;
