/**
 * The contract of one cluster and its pools: commands, events and their values. What a back end is
 * asked for belongs to provisioning.
 */
@NullMarked
package io.keelson.commands.cluster;

import org.jspecify.annotations.NullMarked;
