/**
 * The HTTP edge: the Kubernetes API v1 of existing clients, and Keelson's own API. It turns calls
 * into commands and rows into responses; no rule of the domain belongs here.
 */
@NullMarked
package io.keelson.adapters.rest;

import org.jspecify.annotations.NullMarked;
