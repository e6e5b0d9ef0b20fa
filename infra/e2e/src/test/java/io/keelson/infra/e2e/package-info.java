/**
 * The clients of the field, and routes that no client library has, against the packaged program in
 * a process of its own. Whatever knows a class of the program does not belong here.
 */
@NullMarked
package io.keelson.infra.e2e;

import org.jspecify.annotations.NullMarked;
