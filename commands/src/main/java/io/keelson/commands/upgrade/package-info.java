/**
 * The contract of runs that replace nodes: upgrades of clusters and pools, and the replacement of
 * one node. Who may start one is decided by the cluster.
 */
@NullMarked
package io.keelson.commands.upgrade;

import org.jspecify.annotations.NullMarked;
