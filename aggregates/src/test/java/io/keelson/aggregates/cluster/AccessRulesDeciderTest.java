package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.ACL;
import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.TOKEN;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.argument;
import static io.keelson.aggregates.cluster.Clusters.inService;
import static io.keelson.aggregates.cluster.Clusters.only;
import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.SampleCommands.ACL_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.ACL_FAILED;
import static io.keelson.aggregates.cluster.SampleCommands.RESET_TOKEN;
import static io.keelson.aggregates.cluster.SampleCommands.SET_ACL;
import static io.keelson.aggregates.cluster.SampleCommands.TOKEN_DONE;
import static io.keelson.aggregates.cluster.SampleCommands.TOKEN_FAILED;
import static io.keelson.aggregates.cluster.SampleCommands.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.Id;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFailed;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFinished;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFailed;
import io.keelson.commands.cluster.ActionEvent.ClusterActionFinished;
import io.keelson.commands.cluster.ActionEvent.ClusterActionStarted;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.FinishAclChange;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who may reach the API server, from the one rule of a new cluster on. */
class AccessRulesDeciderTest {

  private static final AclRule INITIAL = AclRule.initial(CLUSTER);

  private static AclRule ranges(String id) {
    return new AclRule(new AclRuleId(Id.derived("test", id)), null, true, "");
  }

  private static SetAclRules set(AclRule... rules) {
    return new SetAclRules(CLUSTER, OTHER, List.of(rules));
  }

  private static AddAclRules add(AclRule... rules) {
    return new AddAclRules(CLUSTER, OTHER, List.of(rules));
  }

  @Test
  void a_new_cluster_lets_everybody_in_until_that_is_replaced() {
    AclChangeStarted e = only(AclChangeStarted.class, SET_ACL, inService());

    assertThat(e)
        .isEqualTo(
            new AclChangeStarted(CLUSTER, ACL, 2, List.of(INITIAL), SET_ACL.rules(), List.of()));
    assertThat(only(AclChangeStarted.class, set(), inService(SET_ACL)).after()).isEmpty();
  }

  @Test
  void the_newest_rules_supersede_the_change_before() {
    AclChangeStarted first = only(AclChangeStarted.class, SET_ACL, inService());
    AclChangeStarted second =
        only(AclChangeStarted.class, add(rule("192.0.2.0/24")), inService(SET_ACL));

    assertThat(second.superseded()).containsExactly(ACL);
    assertThat(second.generation()).isEqualTo(first.generation() + 1);
    assertThat(second.after()).startsWith(SET_ACL.rules().getFirst()).hasSize(3);
    ClusterState newer = inService(SET_ACL, add(rule("192.0.2.0/24")));
    assertThat(outcome(ACL_DONE, newer)).isEqualTo("-");
    assertThat(outcome(ACL_FAILED, newer)).isEqualTo("-");
    assertThat(outcome(new FinishAclChange(CLUSTER, OTHER), newer)).isEqualTo("AclChangeFinished");
  }

  @Test
  void rules_that_are_there_are_not_added_again() {
    AddAclRules again = new AddAclRules(CLUSTER, UPDATE, List.of(rule("192.0.2.0/24")));
    assertThat(outcome(again, inService(add(rule("192.0.2.0/24"))))).isEqualTo("-");
    AclRule other = new AclRule(rule("192.0.2.0/24").id(), "192.0.2.0/25", false, "");
    assertThat(
            outcome(
                new AddAclRules(CLUSTER, UPDATE, List.of(other)),
                inService(add(rule("192.0.2.0/24")))))
        .isEqualTo("!KEY_REUSED");
  }

  @Test
  void rules_that_could_not_be_made_effective_can_be_requested_again() {
    SetAclRules again = new SetAclRules(CLUSTER, OTHER, SET_ACL.rules());
    assertThat(outcome(again, inService(SET_ACL, ACL_FAILED))).isEqualTo("AclChangeStarted");
    assertThat(outcome(again, inService(SET_ACL, ACL_DONE))).isEqualTo("-");
  }

  @Test
  void a_rule_is_deleted_and_the_others_stay() {
    DeleteAclRule delete = new DeleteAclRule(CLUSTER, OTHER, SET_ACL.rules().getFirst().id());
    assertThat(only(AclChangeStarted.class, delete, inService(SET_ACL)).after())
        .containsExactly(SET_ACL.rules().getLast());
    DeleteAclRule unknown = new DeleteAclRule(CLUSTER, OTHER, rule("::/0").id());
    assertThat(outcome(unknown, inService(SET_ACL))).isEqualTo("!NOT_FOUND");
    assertThat(argument(unknown, inService(SET_ACL))).isEqualTo("acl_id");
  }

  @Test
  void rules_with_the_same_range_or_id_are_refused() {
    AclRule twin = new AclRule(new AclRuleId(Id.derived("test", "twin")), "10.0.0.0/8", false, "");
    assertThat(argument(set(rule("10.0.0.0/8"), twin), inService())).isEqualTo("acls");
    assertThat(argument(add(twin), inService(SET_ACL))).isEqualTo("acls");
    assertThat(argument(set(rule("10.0.0.0/8"), rule("10.0.0.0/8")), inService()))
        .isEqualTo("acls");
  }

  @Test
  void one_rule_may_be_for_the_ranges_of_the_provider() {
    assertThat(outcome(set(ranges("a"), rule("10.0.0.0/8")), inService()))
        .isEqualTo("AclChangeStarted");
    assertThat(argument(set(ranges("a"), ranges("b")), inService())).isEqualTo("acls");
    assertThat(
            argument(
                add(ranges("b")), inService(new SetAclRules(CLUSTER, ACL, List.of(ranges("a"))))))
        .isEqualTo("acls");
  }

  @Test
  void the_number_of_rules_is_limited() {
    AclRule[] max =
        IntStream.range(0, AccessRulesDecider.MAX_RULES)
            .mapToObj(i -> rule("10.0." + i + ".0/24"))
            .toArray(AclRule[]::new);
    assertThat(outcome(set(max), inService())).isEqualTo("AclChangeStarted");
    ClusterState full = inService(new SetAclRules(CLUSTER, ACL, List.of(max)));
    assertThat(argument(add(rule("192.0.2.0/24")), full)).isEqualTo("acls");
  }

  @Test
  void a_reset_that_is_in_progress_serves_a_second_request_too() {
    assertThat(
            outcome(
                new StartClusterAction(CLUSTER, OTHER, ClusterAction.RESET_ADMIN_TOKEN),
                inService(RESET_TOKEN)))
        .isEqualTo("-");
    assertThat(
            outcome(
                new StartClusterAction(CLUSTER, OTHER, ClusterAction.RESET_ADMIN_TOKEN),
                inService(RESET_TOKEN, TOKEN_FAILED)))
        .isEqualTo("ClusterActionStarted");
    assertThat(
            outcome(
                new StartClusterAction(CLUSTER, OTHER, ClusterAction.RESET_ADMIN_TOKEN),
                inService(RESET_TOKEN, TOKEN_DONE)))
        .isEqualTo("ClusterActionStarted");
  }

  @Test
  void a_change_of_the_rules_and_a_reset_end_with_events_of_their_own() {
    assertThat(ClusterDecider.decide(ACL_DONE, inService(SET_ACL)))
        .isEqualTo(List.of(new AclChangeFinished(CLUSTER, ACL)));
    assertThat(ClusterDecider.decide(ACL_FAILED, inService(SET_ACL)))
        .isEqualTo(List.of(new AclChangeFailed(CLUSTER, ACL, "no")));
    assertThat(ClusterDecider.decide(RESET_TOKEN, inService()))
        .isEqualTo(
            List.of(new ClusterActionStarted(CLUSTER, TOKEN, ClusterAction.RESET_ADMIN_TOKEN)));
    assertThat(ClusterDecider.decide(TOKEN_DONE, inService(RESET_TOKEN)))
        .isEqualTo(
            List.of(new ClusterActionFinished(CLUSTER, TOKEN, ClusterAction.RESET_ADMIN_TOKEN)));
    assertThat(ClusterDecider.decide(TOKEN_FAILED, inService(RESET_TOKEN)))
        .isEqualTo(
            List.of(
                new ClusterActionFailed(CLUSTER, TOKEN, ClusterAction.RESET_ADMIN_TOKEN, "no")));
  }

  @Test
  void an_older_run_does_not_end_a_newer_one() {
    ClusterState state = inService(RESET_TOKEN);
    assertThat(
            ClusterEvolution.evolve(
                state, new ClusterActionFinished(CLUSTER, OTHER, ClusterAction.RESET_ADMIN_TOKEN)))
        .isEqualTo(state);
    ClusterState changing = inService(SET_ACL);
    assertThat(ClusterEvolution.evolve(changing, new AclChangeFailed(CLUSTER, OTHER, "no")))
        .isEqualTo(changing);
  }
}
