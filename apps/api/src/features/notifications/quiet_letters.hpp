// Letters that wait for their readers' quiet hours to end, each in its recipient's line.
#pragma once

#include "db/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace safargo::notifications {

struct QuietLetter {
    std::int64_t id = 0;  // of its row in the outbox: its place in the line
    std::string payload;  // sealed
};

class QuietLetters {
public:
    struct Place {
        std::string line;  // the ordering key of its recipient
        UserId reader;
        std::optional<SubjectId> subject;
        Instant due_at;
    };
    // Laying one aside twice changes nothing.
    Task<void> lay_aside(db::Session& session, QuietLetter letter, Place place, Instant now);

    // Those that go before whatever is next in these lines, oldest first.
    Task<std::vector<QuietLetter>> all(db::Session& session, std::vector<std::string> lines);
    Task<std::vector<QuietLetter>> about(db::Session& session, std::vector<std::string> lines, SubjectId subject);
    Task<std::vector<QuietLetter>> due(db::Session& session, std::vector<std::string> lines, Instant now);
    Task<void> remove(db::Session& session, std::int64_t id);

    // The reader has other quiet hours now.
    Task<void> move(db::Session& session, UserId reader, Instant due_at);

    // The lines with letters that have become due, each once: they are told by the same transaction.
    Task<std::vector<std::string>> release(db::Session& session, Instant now, std::int64_t at_most);
};

}  // namespace safargo::notifications
