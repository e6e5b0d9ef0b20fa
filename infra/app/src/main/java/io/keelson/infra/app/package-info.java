/** The entry point of the application; its parts are packages by subject. No rule belongs here. */
@NullMarked
package io.keelson.infra.app;

import org.jspecify.annotations.NullMarked;
