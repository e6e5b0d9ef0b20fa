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
 * Checks the projects and organizations that a call names. A foreign one is refused in the same way
 * whether or not it exists.
 */
@Component
public class Tenancy {
  private final ApiKeys keys;
  private final RefusedCalls refusedCalls;

  public Tenancy(ApiKeys keys, RefusedCalls refusedCalls) {
    this.keys = keys;
    this.refusedCalls = refusedCalls;
  }

  /** The project of a new resource: the one named, or the organization's default project. */
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
                .orElseThrow(() -> refusedCalls.refuse(caller, Permission.WRITE, request));
    return checkProject(named, caller, Permission.WRITE, request);
  }

  /** The project that a list is filtered by; null: all projects of the caller. */
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
      throw refusedCalls.refuse(caller, permission, request);
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
      throw refusedCalls.refuse(caller, permission, request);
    }
    return project;
  }
}
