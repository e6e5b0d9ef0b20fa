package io.keelson.infra.eventstore.codec;

/**
 * An event that this version of the code cannot read, as the tail delivers it: of an unknown type,
 * or of a newer revision than is known here. Whoever only passes events on still has its bytes.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and the bytes are what it is for
public record UnknownEvent(String type, int revision, byte[] payload) {}
