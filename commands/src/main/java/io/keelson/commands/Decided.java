package io.keelson.commands;

/** An event that records a decision, alone or with what follows from it. */
public interface Decided extends DomainEvent {

  Decision decision();
}
