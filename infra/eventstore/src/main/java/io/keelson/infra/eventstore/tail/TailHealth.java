package io.keelson.infra.eventstore.tail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the tail is.
 *
 * @param decided the position up to which everything is known, or was before the database was lost
 * @param moves whether it reaches the database, and no position has been undecided for too long
 * @param lag no undecided position is older than this; zero where there is none
 * @param age how long ago the decided position was read; zero before the first time
 * @param lastError what went wrong last, if that is still so
 */
public record TailHealth(
    long decided, boolean moves, Duration lag, Duration age, @Nullable String lastError) {}
