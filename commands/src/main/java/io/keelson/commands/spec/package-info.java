/**
 * What a customer desires of a cluster and of its pools, every default resolved. What is observed
 * belongs to provisioning, what has happened to the events.
 */
@NullMarked
package io.keelson.commands.spec;

import org.jspecify.annotations.NullMarked;
