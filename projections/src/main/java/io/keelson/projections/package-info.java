/**
 * What every projection has in common: how events are collected, folded into rows and stored, which
 * rows a caller may see, and pages of them. No row of a subject belongs here.
 */
@NullMarked
package io.keelson.projections;

import org.jspecify.annotations.NullMarked;
