/**
 * The contract of who may do what: organizations, keys (hashes only) and calls worth auditing.
 * Authentication of a request belongs to the edge.
 */
@NullMarked
package io.keelson.commands.access;

import org.jspecify.annotations.NullMarked;
