/** The processes of one node that stays, and the cordon of nodes that are removed. */
@NullMarked
package io.keelson.sagas.node;

import org.jspecify.annotations.NullMarked;
