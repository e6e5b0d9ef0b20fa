package io.keelson.sagas.operation;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a process knows of its run, in addition to what its host keeps. Each state has a name that
 * never changes ({@link com.fasterxml.jackson.annotation.JsonTypeName}): snapshots hold it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
public interface ProcessState {}
