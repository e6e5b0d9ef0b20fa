/**
 * Decides about an organization's keys, and keeps calls worth auditing. Checking a request's key
 * belongs to the edge.
 */
@NullMarked
package io.keelson.aggregates.access;

import org.jspecify.annotations.NullMarked;
