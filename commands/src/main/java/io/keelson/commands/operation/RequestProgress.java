package io.keelson.commands.operation;

import java.time.Duration;

/**
 * How far an open request has come at the provider. It is a level: only the newest value is kept,
 * outside the log; a decision that depends on it records it among its inputs.
 *
 * @param acknowledged whether the provider has accepted the request
 * @param unchangedFor how long nothing has changed at the provider
 * @param summary what was last observed, for people; empty: nothing was
 */
public record RequestProgress(boolean acknowledged, Duration unchangedFor, String summary) {}
