/**
 * What the cluster autoscaler asks for and reads: its own routes, those of today and those of older
 * ones. How pools and nodes are changed does not belong here.
 */
@NullMarked
package io.keelson.adapters.rest.autoscaler;

import org.jspecify.annotations.NullMarked;
