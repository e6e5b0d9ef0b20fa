/** The catalogue of Kubernetes releases as callers see it now. */
@NullMarked
package io.keelson.projections.release;

import org.jspecify.annotations.NullMarked;
