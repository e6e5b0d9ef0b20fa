/**
 * The complete, ordered tail of all events up to the watermark, and what wakes its readers. Nothing
 * here appends or decodes an event.
 */
@NullMarked
package io.keelson.infra.eventstore.tail;

import org.jspecify.annotations.NullMarked;
