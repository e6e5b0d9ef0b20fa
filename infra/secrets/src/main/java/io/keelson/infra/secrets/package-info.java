/**
 * Keeps secrets in PostgreSQL in addition to the event log, encrypted under keys of their subject.
 * What a secret means, and which event refers to it, does not belong here.
 */
@NullMarked
package io.keelson.infra.secrets;

import org.jspecify.annotations.NullMarked;
