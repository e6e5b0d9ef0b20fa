package io.keelson.commands.spec;

/**
 * How many nodes a pool should have.
 *
 * @param size the desired number
 * @param min the bounds of the autoscaler; they bind {@code size} only while {@code autoscaling}
 */
public record PoolScaling(boolean autoscaling, int size, int min, int max) {}
