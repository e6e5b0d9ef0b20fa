/** Tests of the package of the same name. */
@NullMarked
package io.keelson.infra.eventstore.connection;

import org.jspecify.annotations.NullMarked;
