package io.keelson.adapters.rest.request;

/** The requirements for every text of a call, so that any store and any client can hold it. */
final class Texts {

  private Texts() {}

  /**
   * Whether the text has no control characters except tabs and line breaks, no unpaired surrogates
   * and no noncharacters.
   */
  static boolean isClean(String text) {
    return text.codePoints().noneMatch(Texts::isUnclean);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isUnclean(int c) {
    boolean control = Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean nothing = (c & 0xFFFE) == 0xFFFE;
    return control || half || nothing;
  }
}
