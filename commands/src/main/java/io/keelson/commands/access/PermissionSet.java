package io.keelson.commands.access;

/** What a key may do, under the names that customers of the field know. */
public enum PermissionSet {
  KubernetesReadOnly,
  KubernetesFullAccess,
  KubernetesSystemMastersGroupAccess,
  AuditTrailReadOnly,
  OrganizationManager;

  /** The single things that may be allowed. */
  public enum Permission {
    READ,
    WRITE,
    READ_SECRET,
    AUDIT,
    MANAGE
  }

  public boolean allows(Permission permission) {
    return switch (this) {
      case KubernetesReadOnly -> permission == Permission.READ;
      case KubernetesFullAccess ->
          permission != Permission.AUDIT && permission != Permission.MANAGE;
      case KubernetesSystemMastersGroupAccess -> permission == Permission.READ_SECRET;
      case AuditTrailReadOnly -> permission == Permission.AUDIT;
      case OrganizationManager -> true;
    };
  }
}
