/** Tests of the package of the same name. */
@NullMarked
package io.keelson.infra.eventstore.deadletter;

import org.jspecify.annotations.NullMarked;
