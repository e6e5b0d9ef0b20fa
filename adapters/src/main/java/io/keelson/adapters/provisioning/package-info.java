/**
 * Carries wishes to whatever back end stands behind the provisioning port, and what is seen there
 * back as commands. No rule and no back end belongs here.
 */
@NullMarked
package io.keelson.adapters.provisioning;

import org.jspecify.annotations.NullMarked;
