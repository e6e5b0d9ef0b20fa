/**
 * The start of the program: embedded servers, the work before the first request, and the lines that
 * a person reads. No part that runs later belongs here.
 */
@NullMarked
package io.keelson.infra.app.start;

import org.jspecify.annotations.NullMarked;
