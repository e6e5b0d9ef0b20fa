package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Stores the data of scheduled tasks as JSON. */
public final class TaskDataSerializer implements Serializer {

  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public byte @Nullable [] serialize(@Nullable Object data) {
    return data == null ? null : json.writeValueAsBytes(data);
  }

  @Override
  public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] stored) {
    return stored == null ? null : json.readValue(stored, type);
  }
}
