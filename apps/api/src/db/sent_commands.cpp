#include "db/sent_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace safargo::db {
namespace {

constexpr std::size_t max_prepared = 1'000;  // so that statements built at run time do not fill the server's memory
constexpr std::size_t longest_label = 36;    // PostgreSQL compares only 63 bytes of a statement's name

std::uint64_t key_of(const Bound& bound) {
    std::uint64_t key = std::hash<std::string_view>{}(bound.statement.sql);
    for (const Parameters::Slot& slot : bound.parameters.slots()) key = key * 1'099'511'628'211U + slot.type;
    return key;
}

bool same(const PreparedStatements::Entry& entry, const Bound& bound) {
    return entry.sql == bound.statement.sql && std::ranges::equal(entry.types, bound.parameters.slots(), {}, {},
                                                                  [](const auto& slot) { return slot.type; });
}

}  // namespace

PreparedStatements::Choice PreparedStatements::choose(const Bound& bound) {
    constexpr Choice unprepared{nullptr, false, 0};
    if (bound.once) return unprepared;
    const std::uint64_t key = key_of(bound);
    if (const auto found = entries_.find(key); found != entries_.end()) {
        return same(found->second, bound) ? Choice{&found->second, false, key} : unprepared;
    }
    if (entries_.size() >= max_prepared) return unprepared;
    Entry entry{fmt::format("{}_{:x}_{}", bound.statement.name.substr(0, longest_label), key, generation_),
                std::string(bound.statement.sql),
                {}};
    for (const Parameters::Slot& slot : bound.parameters.slots()) entry.types.push_back(slot.type);
    return {&entries_.emplace(key, std::move(entry)).first->second, true, key};
}

void PreparedStatements::forget() {
    entries_.clear();
    ++generation_;
}

}  // namespace safargo::db
