/**
 * The log: every event under its place in the one order of all events, as those see it who pass
 * events on or keep an account of them. How the places are given belongs to the event store.
 */
@NullMarked
package io.keelson.commands.log;

import org.jspecify.annotations.NullMarked;
