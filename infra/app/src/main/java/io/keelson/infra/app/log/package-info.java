/** The log of all events and its followers. No table of a follower belongs here. */
@NullMarked
package io.keelson.infra.app.log;

import org.jspecify.annotations.NullMarked;
