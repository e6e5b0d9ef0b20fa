/**
 * What every subject shares: ids, versions, rejections, and the origin that each command and event
 * carries. No rule and no subject of its own belongs here.
 */
@NullMarked
package io.keelson.commands;

import org.jspecify.annotations.NullMarked;
