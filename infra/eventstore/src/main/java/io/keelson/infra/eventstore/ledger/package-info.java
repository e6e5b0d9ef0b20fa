/**
 * The dense order of all events, and the followers that are handed the log in that order. Nothing
 * here changes an event.
 */
@NullMarked
package io.keelson.infra.eventstore.ledger;

import org.jspecify.annotations.NullMarked;
