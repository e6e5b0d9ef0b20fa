/**
 * Who did what, was refused, or read a secret, in Keelson's own API. It shows, and records nothing.
 */
@NullMarked
package io.keelson.adapters.rest.audit;

import org.jspecify.annotations.NullMarked;
