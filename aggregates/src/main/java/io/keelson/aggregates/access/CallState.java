package io.keelson.aggregates.access;

/** The life of an audited call: absent, then kept. */
public sealed interface CallState {

  record Absent() implements CallState {}

  record Kept() implements CallState {}
}
