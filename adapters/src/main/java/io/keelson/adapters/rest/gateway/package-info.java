/** The metadata of the deployment. No resource belongs here. */
@NullMarked
package io.keelson.adapters.rest.gateway;

import org.jspecify.annotations.NullMarked;
