package io.keelson.infra.secrets;

import java.util.UUID;

/**
 * The keys of a subject as they are stored: encrypted under the key-encryption key. Each erasure
 * ends one keyset; the subject's next keyset has another id.
 *
 * @param subject as stored; not to be trusted before one of the keys is decrypted with it
 * @param aead encrypts the subject's values
 * @param mac computes the keyed hash of a value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Keyset(UUID id, String subject, byte[] aead, byte[] mac) {}
