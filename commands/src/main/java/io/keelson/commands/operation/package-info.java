/**
 * The contract of one run of a long process: plans, inputs, steps, decisions and outcomes. The
 * processes themselves belong to sagas.
 */
@NullMarked
package io.keelson.commands.operation;

import org.jspecify.annotations.NullMarked;
