package io.keelson.infra.secrets;

import org.jspecify.annotations.Nullable;

/**
 * A secret as it is stored.
 *
 * @param subject as stored; not to be trusted before the ciphertext is decrypted with it
 * @param keyset null: the secret has been erased
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredSecret(String subject, byte[] ciphertext, @Nullable Keyset keyset) {}
