/**
 * What event processors need in addition to the events: their tokens, their order, and which
 * instance works on how many segments. What a processor does with an event does not belong here.
 */
@NullMarked
package io.keelson.infra.eventstore.processor;

import org.jspecify.annotations.NullMarked;
