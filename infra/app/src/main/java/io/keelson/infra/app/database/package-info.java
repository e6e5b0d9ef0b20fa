/** The connections to PostgreSQL and the migrations of its schemas. No query belongs here. */
@NullMarked
package io.keelson.infra.app.database;

import org.jspecify.annotations.NullMarked;
