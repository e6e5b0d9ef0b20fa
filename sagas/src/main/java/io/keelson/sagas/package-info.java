/** The list of all processes. Their host and each subject's processes have packages below. */
@NullMarked
package io.keelson.sagas;

import org.jspecify.annotations.NullMarked;
