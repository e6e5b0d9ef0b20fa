/** The bus, against a real broker and a real database. */
@NullMarked
package io.keelson.adapters.kafka;

import org.jspecify.annotations.NullMarked;
