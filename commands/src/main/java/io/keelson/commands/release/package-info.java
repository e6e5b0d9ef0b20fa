/**
 * The contract of one Kubernetes release and the rule that says what it may be used for. Node
 * images do not belong here yet.
 */
@NullMarked
package io.keelson.commands.release;

import org.jspecify.annotations.NullMarked;
