package io.keelson.infra.eventstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Id;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventTypesTest {

  private static final Pattern NAME = Pattern.compile("[a-z]+\\.[a-z]+(-[a-z]+)*");

  @Test
  void every_event_of_the_contract_has_exactly_one_logical_name() {
    List<Class<?>> registered = EventTypes.all().stream().<Class<?>>map(EventType::event).toList();

    assertThat(registered)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(eventsOfTheContract());
    assertThat(eventsOfTheContract()).hasSizeGreaterThan(40);
  }

  private static List<Class<?>> eventsOfTheContract() {
    return new ClassFileImporter()
        .importPackages("io.keelson.commands").stream()
            .filter(type -> type.isAssignableTo(DomainEvent.class) && !type.isInterface())
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  @Test
  void names_are_unique_and_well_formed() {
    assertThat(EventTypes.all())
        .extracting(EventType::name)
        .doesNotHaveDuplicates()
        .allMatch(NAME.asMatchPredicate());
  }

  @Test
  void only_an_event_with_a_hash_is_internal() {
    assertThat(EventTypes.all().stream().filter(type -> !type.open()))
        .extracting(EventType::name)
        .containsExactly("access.api-key-issued");
  }

  @Test
  void an_event_without_a_name_is_rejected() {
    record Unheard(Id stream) implements DomainEvent {}

    assertThatThrownBy(() -> EventTypes.of(Unheard.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EventTypes.named("cluster.forgotten")).isEmpty();
  }
}
