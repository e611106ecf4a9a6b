#include "features/notifications/quiet_letters.hpp"

namespace safargo::notifications {
namespace {

constexpr db::Statement lay_letter_aside{"quiet_letter_lay_aside", R"(
    insert into quiet_letters (id, line, user_id, subject_id, payload, due_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing)"};

constexpr db::Statement find_all{"quiet_letters_all", R"(
    select id, payload from quiet_letters where line = any ($1::text[]) order by id)"};

constexpr db::Statement find_about{"quiet_letters_about", R"(
    select id, payload from quiet_letters where line = any ($1::text[]) and subject_id = $2 order by id)"};

constexpr db::Statement find_due{"quiet_letters_due", R"(
    select id, payload from quiet_letters where line = any ($1::text[]) and due_at <= $2 order by id)"};

constexpr db::Statement remove_letter{"quiet_letter_remove", "delete from quiet_letters where id = $1"};

constexpr db::Statement move_letters{"quiet_letters_move", R"(
    update quiet_letters set due_at = $2 where user_id = $1 and released_at is null)"};

constexpr db::Statement release_letters{"quiet_letters_release", R"(
    with due as (
        select id from quiet_letters where due_at <= $1 and released_at is null
        order by due_at, id limit $2 for update skip locked
    ), released as (
        update quiet_letters set released_at = $1 where id in (select id from due) returning line)
    select distinct line from released order by line)"};

std::vector<QuietLetter> letters_from(const db::Rows& rows) {
    std::vector<QuietLetter> letters;
    for (const db::Row row : rows) letters.push_back({row.get<std::int64_t>(0), row.get<std::string>(1)});
    return letters;
}

}  // namespace

Task<void> QuietLetters::lay_aside(db::Session& session, QuietLetter letter, Place place, Instant now) {
    co_await session.query(lay_letter_aside, letter.id, place.line, place.reader, place.subject, letter.payload,
                           place.due_at, now);
}

Task<std::vector<QuietLetter>> QuietLetters::all(db::Session& session, std::vector<std::string> lines) {
    co_return letters_from(co_await session.query(find_all, lines));
}

Task<std::vector<QuietLetter>> QuietLetters::about(db::Session& session, std::vector<std::string> lines,
                                                   SubjectId subject) {
    co_return letters_from(co_await session.query(find_about, lines, subject));
}

Task<std::vector<QuietLetter>> QuietLetters::due(db::Session& session, std::vector<std::string> lines, Instant now) {
    co_return letters_from(co_await session.query(find_due, lines, now));
}

Task<void> QuietLetters::remove(db::Session& session, std::int64_t id) {
    co_await session.query(remove_letter, id);
}

Task<void> QuietLetters::move(db::Session& session, UserId reader, Instant due_at) {
    co_await session.query(move_letters, reader, due_at);
}

Task<std::vector<std::string>> QuietLetters::release(db::Session& session, Instant now, std::int64_t at_most) {
    const db::Rows rows = co_await session.query(release_letters, now, at_most);
    std::vector<std::string> lines;
    for (const db::Row row : rows) lines.push_back(row.get<std::string>(0));
    co_return lines;
}

}  // namespace safargo::notifications
