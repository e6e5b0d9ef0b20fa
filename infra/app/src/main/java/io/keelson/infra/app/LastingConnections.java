package io.keelson.infra.app;

import javax.sql.DataSource;

/**
 * The way to connections that are kept for good: outside any pool, in which they would be missing.
 */
record LastingConnections(DataSource dataSource) {}
