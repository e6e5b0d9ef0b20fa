package io.keelson.projections;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How rows are written as JSON. It never leaves the tables of the read model. */
public final class RowJson {

  public static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().characterEscapes(new WithoutNul()).build())
          .addModule(new SimpleModule().addSerializer(new FixedWidth()))
          .build();

  private static final char NUL = '\0';
  private static final char REPLACEMENT = '\uFFFD';

  private RowJson() {}

  /** A text as a row stores it. A value to compare with a stored one must have this form. */
  public static String stored(String text) {
    return text.replace(NUL, REPLACEMENT);
  }

  /** RFC 3339 with six digits always, so that the order of the texts is that of the instants. */
  private static final class FixedWidth extends StdSerializer<Instant> {

    private static final DateTimeFormatter FORM =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    FixedWidth() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant at, JsonGenerator json, SerializationContext context) {
      json.writeString(FORM.format(at));
    }
  }

  /**
   * Replaces NUL, which PostgreSQL cannot store in text: one such character in one description
   * would stop a whole segment.
   */
  private static final class WithoutNul extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final SerializedString REPLACED =
        new SerializedString(String.valueOf(REPLACEMENT));

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[NUL] = ESCAPE_CUSTOM;
      return codes;
    }

    /** Called for characters outside of ASCII too; null leaves them unchanged. */
    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return character == NUL ? REPLACED : null;
    }
  }
}
