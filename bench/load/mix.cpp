#include "load/mix.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace safargo::load {

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
    std::size_t chosen = 0;
    if (entries_.size() > 1) {
        const double point = std::uniform_real_distribution<double>(0, entries_.back().up_to)(random_);
        const auto found = std::ranges::upper_bound(entries_, point, {}, &Entry::up_to);
        chosen = std::min<std::size_t>(static_cast<std::size_t>(found - entries_.begin()), entries_.size() - 1);
    }
    Entry& entry = entries_[chosen];
    const std::size_t size = entry.requests.size();
    std::size_t line = 0;
    if (entry.order == MixEntry::Order::random) {
        line = std::uniform_int_distribution<std::size_t>(0, size - 1)(random_);
    } else {
        line = entry.taken++;
        if (entry.order == MixEntry::Order::once && line >= size) return std::nullopt;
        line %= size;
    }
    return Choice{.entry = chosen, .line = entry.requests[line]};
}

}  // namespace safargo::load
