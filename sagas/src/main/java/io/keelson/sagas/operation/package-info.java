/**
 * Long processes: the Operation that hosts one run, what each kind of run wants step by step, and
 * the reactor between events and their inputs. No process calls a provider: its wishes are events.
 */
@NullMarked
package io.keelson.sagas.operation;

import org.jspecify.annotations.NullMarked;
