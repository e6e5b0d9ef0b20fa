/**
 * The contract of one run of a long process: plans, inputs, requests, decisions and outcomes. The
 * processes themselves belong to sagas; the plans and the events of one process belong to its
 * subject.
 */
@NullMarked
package io.keelson.commands.operation;

import org.jspecify.annotations.NullMarked;
