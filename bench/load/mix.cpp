#include "load/mix.hpp"

#include <algorithm>

namespace safargo::load {

Requests Requests::parse(std::string_view lines) {
    Requests requests;
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const auto end = std::min(lines.find('\n'), lines.size());
        try {
            const auto object = parse_object(lines.substr(0, end));
            const auto bytes = field<std::string>(object, "bytes");
            requests.places_.push_back({requests.arena_.size(), bytes.size(), field<int>(object, "expect")});
            requests.arena_ += bytes;
        } catch (const BadPlan& wrong) {
            throw BadPlan(fmt::format("line {}: {}", number, wrong.what()));
        }
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    if (requests.places_.empty()) throw BadPlan("there is no request");
    return requests;
}

Requests::Line Requests::operator[](std::size_t index) const {
    const auto& [begin, length, expected] = places_[index];
    return {.bytes = std::string_view(arena_).substr(begin, length), .expected = expected};
}

std::string_view Requests::Line::path() const {
    const auto begin = std::min(bytes.find(' '), bytes.size() - 1) + 1;
    return bytes.substr(begin, bytes.find(' ', begin) - begin);
}

Mix::Mix(std::uint64_t seed) {
    std::seed_seq sequence{seed & 0xffffffff, seed >> 32, std::uint64_t{0}};
    random_.seed(sequence);
}

Mix Mix::read(const Plan& plan) {
    Mix mix(plan.seed);
    for (const MixEntry& entry : plan.mix) {
        try {
            mix.add(entry, Requests::parse(read_file(entry.requests)));
        } catch (const BadPlan& wrong) {
            throw BadPlan(fmt::format("{}: {}", entry.name, wrong.what()));
        }
    }
    return mix;
}

void Mix::add(const MixEntry& entry, Requests requests) {
    const double before = entries_.empty() ? 0 : entries_.back().up_to;
    entries_.push_back({.order = entry.order, .requests = std::move(requests), .up_to = before + entry.weight});
}

std::optional<Choice> Mix::next() {
    const double point = std::uniform_real_distribution<double>(0, entries_.back().up_to)(random_);
    const auto found = std::ranges::upper_bound(entries_, point, {}, &Entry::up_to);
    const auto chosen = std::min(static_cast<std::size_t>(found - entries_.begin()), entries_.size() - 1);
    Entry& entry = entries_[chosen];
    const std::size_t size = entry.requests.size();
    if (entry.order == MixEntry::Order::once && entry.taken == size) return std::nullopt;
    const bool random = entry.order == MixEntry::Order::random;
    const std::size_t line = random ? std::uniform_int_distribution<std::size_t>(0, size - 1)(random_) : entry.taken++;
    return Choice{.entry = chosen, .line = entry.requests[line % size]};
}

}  // namespace safargo::load
