-- A family of refresh tokens is one chain: each token names the one that replaced it, and keeps it sealed, with a key made
-- of itself, for whoever lost the answer. Tokens of before have neither and go on as they are.
alter table refresh_tokens
    add column replaced_by text,
    add column successor text;
