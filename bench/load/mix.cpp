#include "load/mix.hpp"

#include <algorithm>

namespace safargo::load {

std::vector<Line> parse_requests(std::string_view lines) {
    std::vector<Line> requests;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        try {
            const auto object = parse_object(lines.substr(0, end));
            requests.push_back({field<std::string>(object, "bytes"), field<int>(object, "expect")});
        } catch (const BadPlan& wrong) {
            throw BadPlan(fmt::format("line {}: {}", requests.size() + 1, wrong.what()));
        }
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    if (requests.empty()) throw BadPlan("there is no request");
    return requests;
}

std::string Line::path() const {
    const auto begin = std::min(bytes.find(' '), bytes.size() - 1) + 1;
    return bytes.substr(begin, bytes.find(' ', begin) - begin);
}

Mix Mix::read(const Plan& plan) {
    Mix mix(plan.seed);
    for (const MixEntry& entry : plan.mix) {
        try {
            mix.add(entry, parse_requests(read_file(entry.requests)));
        } catch (const BadPlan& wrong) {
            throw BadPlan(fmt::format("{}: {}", entry.name, wrong.what()));
        }
    }
    return mix;
}

void Mix::add(const MixEntry& entry, std::vector<Line> requests) {
    entries_.push_back({.order = entry.order, .requests = std::move(requests)});
    weights_.push_back(entry.weight);
    choose_ = {weights_.begin(), weights_.end()};
}

std::optional<Choice> Mix::next() {
    const std::size_t chosen = choose_(random_);
    Entry& entry = entries_[chosen];
    const std::size_t size = entry.requests.size();
    if (entry.order == MixEntry::Order::once && entry.taken == size) return std::nullopt;
    const bool random = entry.order == MixEntry::Order::random;
    const std::size_t line = random ? std::uniform_int_distribution<std::size_t>(0, size - 1)(random_) : entry.taken++;
    return Choice{.entry = chosen, .line = &entry.requests[line % size]};
}

}  // namespace safargo::load
