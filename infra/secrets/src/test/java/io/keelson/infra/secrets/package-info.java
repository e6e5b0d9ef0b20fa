/** Tests of the secrets against a real PostgreSQL. */
@NullMarked
package io.keelson.infra.secrets;

import org.jspecify.annotations.NullMarked;
