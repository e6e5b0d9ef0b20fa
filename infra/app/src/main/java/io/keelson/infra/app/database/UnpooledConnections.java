package io.keelson.infra.app.database;

import javax.sql.DataSource;

/**
 * Opens connections outside the pool, for parts that hold one for the whole life of the program. A
 * part that returns its connections must use the pool.
 */
public record UnpooledConnections(DataSource dataSource) {}
