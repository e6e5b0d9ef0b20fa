package io.keelson.commands.spec;

/**
 * The disk that a machine boots from.
 *
 * @param type {@code l_ssd}, {@code sbs_5k}…
 * @param size bytes
 */
public record RootVolume(String type, long size) {}
