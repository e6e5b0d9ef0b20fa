/**
 * What every projection shares: whose rows a caller may see, and pages of them. No rows belong
 * here.
 */
@NullMarked
package io.keelson.projections;

import org.jspecify.annotations.NullMarked;
