/** The processes of one pool; rolls of its nodes belong to upgrade. */
@NullMarked
package io.keelson.sagas.pool;

import org.jspecify.annotations.NullMarked;
