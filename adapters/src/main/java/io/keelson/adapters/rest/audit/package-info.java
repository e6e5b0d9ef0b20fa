/**
 * The audit trail in Keelson's own API: who did what, what was refused, and who read a secret.
 * Nothing is recorded here.
 */
@NullMarked
package io.keelson.adapters.rest.audit;

import org.jspecify.annotations.NullMarked;
