/**
 * How a call is read: its id, its body and its query, strictly and with every violation collected.
 * What a resource may be does not belong here.
 */
@NullMarked
package io.keelson.adapters.rest.request;

import org.jspecify.annotations.NullMarked;
