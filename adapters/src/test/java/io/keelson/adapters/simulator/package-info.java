/** Tests of the simulated back end. */
@NullMarked
package io.keelson.adapters.simulator;

import org.jspecify.annotations.NullMarked;
