package io.keelson.infra.eventstore.tail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The health of the tail.
 *
 * @param decided the watermark; during an outage of the database, the last one that was read
 * @param moves whether the tail reaches the database, and no position is undecided for too long
 * @param lag the largest possible age of an undecided position; zero when there is none
 * @param age how long ago the watermark was read; zero before the first read
 * @param lastError the error of the last poll; null when it succeeded
 */
public record TailHealth(
    long decided, boolean moves, Duration lag, Duration age, @Nullable String lastError) {}
