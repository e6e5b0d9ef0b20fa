package io.keelson.projections;

/**
 * One row of a table. Both components are read by the database out of the row's JSON, under these
 * names.
 */
public interface Row<I> {

  I id();

  /** The number of the last event in it, from 0; an event at or below it changes nothing. */
  long version();
}
