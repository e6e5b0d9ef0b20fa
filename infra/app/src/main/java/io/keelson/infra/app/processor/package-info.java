/**
 * The event processors of an instance: batches, retries, parked events. No event handler belongs
 * here.
 */
@NullMarked
package io.keelson.infra.app.processor;

import org.jspecify.annotations.NullMarked;
