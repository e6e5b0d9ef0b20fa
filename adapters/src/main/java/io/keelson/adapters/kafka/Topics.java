package io.keelson.adapters.kafka;

import io.keelson.adapters.kafka.TopicExpectation.Found;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that are not there yet. One that is there is left as it is: what differs from
 * what it should be is said once, with what follows from it.
 */
public final class Topics {

  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private static final int LOOKS = 100;

  private final KafkaAccess access;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  public Topics(KafkaAccess access) {
    this.access = access;
  }

  /**
   * The topic as it is now, made where it was not.
   *
   * @throws ExecutionException when Kafka refused, did not answer, or cannot be found
   */
  Found ensured(String name, TopicExpectation expected)
      throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = Admin.create(access.admin())) {
      Optional<TopicDescription> there = description(admin, name);
      TopicDescription description =
          there.isPresent() ? there.get() : created(admin, name, expected);
      Found found = new Found(name, description.partitions().size(), settings(admin, name));
      say(found, expected.differences(found));
      return found;
    } catch (KafkaException e) {
      throw new ExecutionException(e);
    }
  }

  private static TopicDescription created(Admin admin, String name, TopicExpectation expected)
      throws ExecutionException, InterruptedException, TimeoutException {
    NewTopic topic = new NewTopic(name, Optional.of(expected.partitions()), Optional.empty());
    try {
      answer(admin.createTopics(List.of(topic)).all());
      LOG.info("Kafka has a new topic: {}", name);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // another instance was faster
        throw e;
      }
    }
    return known(admin, name);
  }

  /** A broker hears of a new topic a moment after the controller has made it. */
  private static TopicDescription known(Admin admin, String name)
      throws ExecutionException, InterruptedException, TimeoutException {
    for (int look = 0; look < LOOKS; look++) {
      Optional<TopicDescription> there = description(admin, name);
      if (there.isPresent()) {
        return there.get();
      }
      TimeUnit.MILLISECONDS.sleep(KafkaAccess.PATIENCE_MILLIS / LOOKS);
    }
    throw new TimeoutException(name + " is made and not known");
  }

  private static Optional<TopicDescription> description(Admin admin, String name)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      return Optional.ofNullable(
          answer(admin.describeTopics(List.of(name)).allTopicNames()).get(name));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Map<String, String> settings(Admin admin, String name)
      throws ExecutionException, InterruptedException, TimeoutException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Map<ConfigResource, Config> all = answer(admin.describeConfigs(List.of(topic)).all());
    return Objects.requireNonNull(all.get(topic)).entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(KafkaAccess.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void say(Found found, List<String> differences) {
    String sentence = String.join("; ", differences);
    if (!differences.isEmpty() && said.add(found.name() + ": " + sentence)) {
      LOG.warn("The topic {} is left as it is, with {}", found.name(), sentence);
    }
  }
}
