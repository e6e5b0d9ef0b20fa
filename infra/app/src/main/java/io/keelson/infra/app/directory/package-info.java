/** The data directory and the files of variables in it. No content of such a file belongs here. */
@NullMarked
package io.keelson.infra.app.directory;

import org.jspecify.annotations.NullMarked;
