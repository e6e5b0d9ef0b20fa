/**
 * Carries requests of runs to the back end behind the provisioning port, and observations of the
 * back end to the core as commands. No rule of the core and no back end belongs here.
 */
@NullMarked
package io.keelson.adapters.provisioning;

import org.jspecify.annotations.NullMarked;
