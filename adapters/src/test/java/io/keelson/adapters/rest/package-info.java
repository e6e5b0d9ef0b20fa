/** Drives the whole edge over HTTP, with a world in memory behind it. */
@NullMarked
package io.keelson.adapters.rest;

import org.jspecify.annotations.NullMarked;
