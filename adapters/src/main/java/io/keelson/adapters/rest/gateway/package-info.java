/** What a client asks about the deployment as a whole. No resource belongs here. */
@NullMarked
package io.keelson.adapters.rest.gateway;

import org.jspecify.annotations.NullMarked;
