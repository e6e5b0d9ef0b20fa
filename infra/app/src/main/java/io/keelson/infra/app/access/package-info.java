/**
 * The first API key: issued at the start and kept in {@code keelson.env}. No rule about keys
 * belongs here.
 */
@NullMarked
package io.keelson.infra.app.access;

import org.jspecify.annotations.NullMarked;
