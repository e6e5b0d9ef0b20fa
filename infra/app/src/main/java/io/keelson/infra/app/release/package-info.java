/** The Kubernetes releases that a new installation offers. No rule about releases belongs here. */
@NullMarked
package io.keelson.infra.app.release;

import org.jspecify.annotations.NullMarked;
