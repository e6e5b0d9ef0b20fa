/** The processes that replace nodes, and the upgrade of a cluster that awaits them. */
@NullMarked
package io.keelson.sagas.upgrade;

import org.jspecify.annotations.NullMarked;
