package io.keelson.projections;

/**
 * One row of a table. The database reads both components from the row's JSON, under these names.
 */
public interface Row<I> {

  I id();

  /**
   * The number of the last event folded into it, from 0; this or an earlier one changes nothing.
   */
  long version();
}
