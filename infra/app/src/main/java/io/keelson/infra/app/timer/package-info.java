/**
 * The scheduler and its tasks: timers of operations, provider calls, polls. No rule that sets a
 * timer belongs here.
 */
@NullMarked
package io.keelson.infra.app.timer;

import org.jspecify.annotations.NullMarked;
