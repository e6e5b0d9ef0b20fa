/**
 * Names that only one stream may hold at a time. Which events reserve a name is decided outside.
 */
@NullMarked
package io.keelson.infra.eventstore.reservation;

import org.jspecify.annotations.NullMarked;
