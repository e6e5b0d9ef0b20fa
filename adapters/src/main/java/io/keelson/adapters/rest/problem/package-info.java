/**
 * Errors in the forms that each API's clients read. Deciding that a call is refused does not belong
 * here.
 */
@NullMarked
package io.keelson.adapters.rest.problem;

import org.jspecify.annotations.NullMarked;
