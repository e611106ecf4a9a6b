-- An account whose person has not said a name was called "new member" in the language of its first sign-in. It has no
-- name now: readers see a member, each in their own language. People are locked in the order of their ids, as everywhere.
with unnamed as (
    select id from users where name in ('Nouveau membre', 'عضو جديد', 'New member') order by id for no key update)
update users set name = '' from unnamed where users.id = unnamed.id;
