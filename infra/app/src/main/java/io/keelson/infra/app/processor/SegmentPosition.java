package io.keelson.infra.app.processor;

/** The position of the last event that a segment held by this instance has handled; 0: none yet. */
public record SegmentPosition(String processor, int segment, long position) {}
