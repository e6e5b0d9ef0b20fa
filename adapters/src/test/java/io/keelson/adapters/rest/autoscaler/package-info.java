/** What the cluster autoscaler reads and asks for. */
@NullMarked
package io.keelson.adapters.rest.autoscaler;

import org.jspecify.annotations.NullMarked;
