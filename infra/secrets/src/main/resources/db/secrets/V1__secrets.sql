-- The keys of each subject, encrypted under the key-encryption key. Deleting a row erases all secrets of the subject.
create table secrets.keyset (
    id         uuid        primary key,
    subject    text        not null,
    aead       bytea       not null,
    mac        bytea       not null,
    created_at timestamptz not null default clock_timestamp(),
    constraint keyset_of_subject unique (subject)
);

-- A secret without a keyset is erased: its row remains, so that readers can distinguish it from one that never existed.
create table secrets.secret (
    id         uuid  primary key,
    subject    text  not null,
    keyset     uuid  references secrets.keyset (id) on delete set null,
    ciphertext bytea not null
);
create index secret_of_keyset on secrets.secret (keyset);

-- A known text, encrypted under the key-encryption key of the first start.
create table secrets.key_check (
    only_row   boolean primary key default true check (only_row),
    ciphertext bytea   not null
);
