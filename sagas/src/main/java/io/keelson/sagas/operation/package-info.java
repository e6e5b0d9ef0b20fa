/**
 * The host of long processes: one run as a decider with a stream of its own, the parts that all
 * processes share, and the reactor between events and runs. No process is known here by name.
 */
@NullMarked
package io.keelson.sagas.operation;

import org.jspecify.annotations.NullMarked;
