/** Tests of the package of the same name. */
@NullMarked
package io.keelson.infra.eventstore.store;

import org.jspecify.annotations.NullMarked;
