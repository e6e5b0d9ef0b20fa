/**
 * A back end with a small world of its own: clusters that come, move and go as the clock runs. No
 * rule of Keelson belongs here, only what a provider would do.
 */
@NullMarked
package io.keelson.adapters.simulator;

import org.jspecify.annotations.NullMarked;
