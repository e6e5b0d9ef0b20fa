/**
 * The provisioning port: desired documents in, observed state out, and the pure rule that says when
 * the two agree. No back end belongs here.
 */
@NullMarked
package io.keelson.commands.provisioning;

import org.jspecify.annotations.NullMarked;
