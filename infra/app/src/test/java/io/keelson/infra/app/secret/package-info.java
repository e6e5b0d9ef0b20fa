/** Tests of how the secrets are opened. No test of their encryption belongs here. */
@NullMarked
package io.keelson.infra.app.secret;

import org.jspecify.annotations.NullMarked;
