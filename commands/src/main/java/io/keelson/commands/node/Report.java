package io.keelson.commands.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event of another service that reported something, and its place among those of the same
 * source and subject.
 *
 * @param source the CloudEvent's, as are all that follow
 * @param subject null: it had none
 * @param sequence of the source and subject: decides the order where both have one
 * @param time when it happened, by the word of its source: decides where a sequence is missing
 */
public record Report(
    String source,
    String id,
    @Nullable String subject,
    @Nullable String sequence,
    @Nullable Instant time) {}
