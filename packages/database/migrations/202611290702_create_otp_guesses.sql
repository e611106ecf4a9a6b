-- Wrong codes of one local day, by the channel (phone number or address) they were guessed at; `closed_at` is the number of
-- the guess that closed it until the next day. The day comes first, since old ones are deleted by it.
create table otp_guesses (
    day date not null,
    identifier_hmac text not null,
    wrong integer not null constraint otp_guesses_wrong_check check (wrong >= 0),
    closed_at integer,
    constraint otp_guesses_pkey primary key (day, identifier_hmac)
);
