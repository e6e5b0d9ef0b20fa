package io.keelson.adapters.rest.access;

import io.keelson.commands.OrganizationId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.PermissionSet.Permission;
import io.keelson.projections.access.ApiKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds the projects and organizations that a call names against those of its caller. What is
 * foreign is refused alike, whether it exists or not.
 */
@Component
public class Tenancy {
  private final ApiKeys keys;
  private final RefusedCalls refusals;

  public Tenancy(ApiKeys keys, RefusedCalls refusals) {
    this.keys = keys;
    this.refusals = refusals;
  }

  /** The project that something new falls into: the one named, or the organization's default. */
  public ProjectId projectForNew(
      @Nullable UUID project,
      @Nullable UUID organization,
      Caller caller,
      HttpServletRequest request) {
    checkOrganization(organization, caller, Permission.WRITE, request);
    UUID named =
        project != null
            ? project
            : keys.defaultProject(caller.scope().organization())
                .map(ProjectId::value)
                .orElseThrow(() -> refusals.refuse(caller, Permission.WRITE, request));
    return checkProject(named, caller, Permission.WRITE, request);
  }

  /** The project that a list is narrowed to, or null. */
  public @Nullable ProjectId projectForList(
      @Nullable UUID project,
      @Nullable UUID organization,
      Caller caller,
      HttpServletRequest request) {
    checkOrganization(organization, caller, Permission.READ, request);
    return project == null ? null : checkProject(project, caller, Permission.READ, request);
  }

  private void checkOrganization(
      @Nullable UUID organization,
      Caller caller,
      Permission permission,
      HttpServletRequest request) {
    if (organization != null
        && !new OrganizationId(organization).equals(caller.scope().organization())) {
      throw refusals.refuse(caller, permission, request);
    }
  }

  private ProjectId checkProject(
      UUID named, Caller caller, Permission permission, HttpServletRequest request) {
    ProjectId project = new ProjectId(named);
    Set<ProjectId> projects = caller.scope().projects();
    boolean own =
        projects == null
            ? keys.defaultProject(caller.scope().organization()).stream().anyMatch(project::equals)
            : projects.contains(project);
    if (!own) {
      throw refusals.refuse(caller, permission, request);
    }
    return project;
  }
}
