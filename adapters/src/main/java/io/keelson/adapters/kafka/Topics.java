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
 * Creates missing topics. It never changes an existing topic: it logs the differences from the
 * expected settings and their consequences, once.
 */
public final class Topics {

  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private static final int POLLS = 100;

  private final KafkaAccess access;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  public Topics(KafkaAccess access) {
    this.access = access;
  }

  /**
   * Creates the topic if it is missing, and returns it as Kafka describes it.
   *
   * @throws ExecutionException when Kafka refuses, does not respond, or cannot be reached
   */
  Found ensure(String name, TopicExpectation expected)
      throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = Admin.create(access.admin())) {
      Optional<TopicDescription> existing = description(admin, name);
      TopicDescription description =
          existing.isPresent() ? existing.get() : create(admin, name, expected);
      Found found = new Found(name, description.partitions().size(), settings(admin, name));
      warnOnce(found, expected.differences(found));
      return found;
    } catch (KafkaException e) {
      throw new ExecutionException(e);
    }
  }

  private static TopicDescription create(Admin admin, String name, TopicExpectation expected)
      throws ExecutionException, InterruptedException, TimeoutException {
    NewTopic topic = new NewTopic(name, Optional.of(expected.partitions()), Optional.empty());
    try {
      await(admin.createTopics(List.of(topic)).all());
      LOG.info("The topic {} was created", name);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // another instance has created it
        throw e;
      }
    }
    return awaitKnown(admin, name);
  }

  /** A broker knows a new topic a moment after the controller has created it. */
  private static TopicDescription awaitKnown(Admin admin, String name)
      throws ExecutionException, InterruptedException, TimeoutException {
    for (int poll = 0; poll < POLLS; poll++) {
      Optional<TopicDescription> existing = description(admin, name);
      if (existing.isPresent()) {
        return existing.get();
      }
      TimeUnit.MILLISECONDS.sleep(KafkaAccess.TIMEOUT_MILLIS / POLLS);
    }
    throw new TimeoutException(name + " was created and is not known to the broker");
  }

  private static Optional<TopicDescription> description(Admin admin, String name)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      return Optional.ofNullable(
          await(admin.describeTopics(List.of(name)).allTopicNames()).get(name));
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
    Map<ConfigResource, Config> all = await(admin.describeConfigs(List.of(topic)).all());
    return Objects.requireNonNull(all.get(topic)).entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static <T> T await(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(KafkaAccess.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void warnOnce(Found found, List<String> differences) {
    String sentence = String.join("; ", differences);
    if (!differences.isEmpty() && warned.add(found.name() + ": " + sentence)) {
      LOG.warn("The topic {} is not changed, although it differs: {}", found.name(), sentence);
    }
  }
}
