/**
 * Events as stored bytes under logical names, and back. Nothing here knows where the bytes are
 * kept.
 */
@NullMarked
package io.keelson.infra.eventstore.codec;

import org.jspecify.annotations.NullMarked;
