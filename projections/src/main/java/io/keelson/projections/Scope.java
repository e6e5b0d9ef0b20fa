package io.keelson.projections;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a caller may see. Every read for a tenant takes one; what is outside of it does not
 * exist for the tenant.
 *
 * @param projects null: all of the organization
 */
public record Scope(OrganizationId organization, @Nullable Set<ProjectId> projects) {}
