/**
 * The port through which secrets and personal data are kept outside the event log. Only references
 * to secrets belong here; no plaintext, key or cipher does.
 */
@NullMarked
package io.keelson.commands.secret;

import org.jspecify.annotations.NullMarked;
