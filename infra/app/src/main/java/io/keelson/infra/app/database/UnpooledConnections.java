package io.keelson.infra.app.database;

import javax.sql.DataSource;

/**
 * The way to connections that are kept for good: outside any pool, in which they would be missing.
 */
public record UnpooledConnections(DataSource dataSource) {}
