/** Drives the routes of this subject over HTTP. */
@NullMarked
package io.keelson.adapters.rest.acl;

import org.jspecify.annotations.NullMarked;
