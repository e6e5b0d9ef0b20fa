package io.keelson.commands.operation;

import io.keelson.commands.OperationId;
import java.util.Map;

/** The levels of open requests, for those who show a run or judge its deadline. */
public interface ProgressReports {

  /** Of each open request of a run to the provider; empty where the run has none. */
  Map<Target, RequestProgress> of(OperationId operation);
}
