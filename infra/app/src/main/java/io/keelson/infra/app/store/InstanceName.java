package io.keelson.infra.app.store;

/**
 * The name of this instance in token leases, the list of instances and the scheduler. No two
 * instances may have the same name.
 */
public record InstanceName(String value) {}
