package io.keelson.adapters.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskDataSerializerTest {

  private final TaskDataSerializer serializer = new TaskDataSerializer();

  @Test
  void data_survives_being_stored() {
    byte[] stored = serializer.serialize("text");
    assertThat(serializer.deserialize(String.class, stored)).isEqualTo("text");
  }

  @Test
  void no_data_is_stored_as_nothing() {
    assertThat(serializer.serialize(null)).isNull();
    assertThat(serializer.deserialize(String.class, null)).isNull();
  }
}
