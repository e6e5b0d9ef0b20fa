/**
 * A back end of simulated clusters, whose state follows from their last write and the time. Only
 * the behaviour of a provider belongs here; no rule of Keelson does.
 */
@NullMarked
package io.keelson.adapters.simulator;

import org.jspecify.annotations.NullMarked;
