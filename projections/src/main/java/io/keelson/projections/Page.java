package io.keelson.projections;

import java.util.List;

/**
 * One page of a list.
 *
 * @param total rows on all pages
 */
public record Page<T>(List<T> rows, int total) {

  public Page {
    rows = List.copyOf(rows);
  }

  /**
   * Which page is requested.
   *
   * @param page from 1
   * @param size rows
   */
  public record Request(int page, int size) {

    public long offset() {
      return (page - 1L) * size;
    }
  }
}
