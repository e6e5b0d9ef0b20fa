/** Opens the secrets with the configured key. How they are encrypted does not belong here. */
@NullMarked
package io.keelson.infra.app.secret;

import org.jspecify.annotations.NullMarked;
