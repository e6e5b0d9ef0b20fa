package io.keelson.commands;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a run of a process comes from. It is fixed when the run starts, and every event and every
 * command of the run carries it, whatever event or timer makes the run continue.
 *
 * @param initiator who requested it, as {@link Origin#initiator()} has it
 * @param correlationId of the request, the report or the timer that everything began with
 * @param parent the run that started this one; null: no run did
 */
public record Lineage(String initiator, UUID correlationId, @Nullable OperationId parent) {}
