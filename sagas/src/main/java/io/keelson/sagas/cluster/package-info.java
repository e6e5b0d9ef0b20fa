/** The processes of one cluster as a whole; its upgrade has a package of its own. */
@NullMarked
package io.keelson.sagas.cluster;

import org.jspecify.annotations.NullMarked;
