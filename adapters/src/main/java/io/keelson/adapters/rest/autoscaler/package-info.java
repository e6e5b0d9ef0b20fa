/**
 * The routes of the cluster autoscaler, in their current and their older form. The rules for pools
 * and nodes do not belong here.
 */
@NullMarked
package io.keelson.adapters.rest.autoscaler;

import org.jspecify.annotations.NullMarked;
