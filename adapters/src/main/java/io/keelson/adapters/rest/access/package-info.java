/**
 * Who is calling and what they may do. Keys and permissions themselves are decided elsewhere; here
 * they are only applied.
 */
@NullMarked
package io.keelson.adapters.rest.access;

import org.jspecify.annotations.NullMarked;
