/**
 * Sends the commands of calls and translates rejections for callers. Which command a call sends
 * belongs to the resources.
 */
@NullMarked
package io.keelson.adapters.rest.write;

import org.jspecify.annotations.NullMarked;
