/** The application: start-up and the wiring of everything. No rule of the domain belongs here. */
@NullMarked
package io.keelson.infra.app;

import org.jspecify.annotations.NullMarked;
