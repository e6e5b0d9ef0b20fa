/**
 * Existing clients, and routes that no client library has, against the packaged program in a
 * process of its own. No test here may use a class of the program.
 */
@NullMarked
package io.keelson.infra.e2e;

import org.jspecify.annotations.NullMarked;
