/** Secrets that are kept in addition to the log. */
@NullMarked
package io.keelson.commands.secret;

import org.jspecify.annotations.NullMarked;
