package io.keelson.sagas.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * The state of a process with one step.
 *
 * @param ended whether its only target has converged or is withdrawn
 */
@JsonTypeName("single-step")
public record SingleStep(boolean ended) implements ProcessState {}
