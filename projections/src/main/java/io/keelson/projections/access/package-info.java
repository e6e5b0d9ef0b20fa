/** Organizations and their API keys. Secrets never belong here, only their hashes. */
@NullMarked
package io.keelson.projections.access;

import org.jspecify.annotations.NullMarked;
