/**
 * What happened, in Keelson's own API: the events themselves, as a list and as a stream. Who asked
 * for what is the audit's.
 */
@NullMarked
package io.keelson.adapters.rest.history;

import org.jspecify.annotations.NullMarked;
