/** Who holds which key. Secrets never belong here, only their hashes. */
@NullMarked
package io.keelson.projections.access;

import org.jspecify.annotations.NullMarked;
