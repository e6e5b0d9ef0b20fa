/**
 * The contract of one cluster as a whole: what can be requested of it, and what has happened to it.
 * Its pools have a package of their own, and so has what is desired of both.
 */
@NullMarked
package io.keelson.commands.cluster;

import org.jspecify.annotations.NullMarked;
