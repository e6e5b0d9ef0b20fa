/** The wiring of the HTTP API and of the simulator. No route belongs here. */
@NullMarked
package io.keelson.infra.app.edge;

import org.jspecify.annotations.NullMarked;
