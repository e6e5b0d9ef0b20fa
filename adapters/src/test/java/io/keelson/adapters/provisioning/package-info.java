/** Tests of the provisioning port's contract, and of what carries wishes to it. */
@NullMarked
package io.keelson.adapters.provisioning;

import org.jspecify.annotations.NullMarked;
