/** Tests of the package of the same name. */
@NullMarked
package io.keelson.infra.eventstore.processor;

import org.jspecify.annotations.NullMarked;
