package io.keelson.adapters.rest.write;

import io.keelson.commands.Id;
import java.util.function.Supplier;

/**
 * What a command is about, as its caller knows it.
 *
 * @param resource {@code cluster}, {@code pool}...
 * @param state reads its status as the API spells it, where a refusal has to say it
 */
public record Subject(String resource, Id id, Supplier<String> state) {}
