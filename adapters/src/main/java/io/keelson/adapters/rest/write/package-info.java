/**
 * How a call's command is sent, and what its refusal means to the caller. Which command it is
 * belongs to the resources.
 */
@NullMarked
package io.keelson.adapters.rest.write;

import org.jspecify.annotations.NullMarked;
