/** Tests of the package of the same name. */
@NullMarked
package io.keelson.infra.eventstore.tail;

import org.jspecify.annotations.NullMarked;
