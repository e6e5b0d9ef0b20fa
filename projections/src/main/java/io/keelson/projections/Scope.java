package io.keelson.projections;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows may be seen. Every read of a tenant takes one; what is outside does not exist for it.
 *
 * @param projects null: all of the organization
 */
public record Scope(OrganizationId organization, @Nullable Set<ProjectId> projects) {}
