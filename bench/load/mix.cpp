#include "load/mix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace safargo::load {

void Mix::add(const MixEntry& entry, Requests requests) {
    entries_.emplace_back(entry.order, std::move(requests));
    weights_.push_back(entry.weight);
}

OrLine<std::unique_ptr<Mix>> Mix::read(const Plan& plan) {
    auto mix = std::make_unique<Mix>();
    for (std::size_t i = 0; i < plan.mix.size(); ++i) {
        auto requests = Requests::read(plan.mix[i].requests, plan.host);
        if (!requests) return std::unexpected(fmt::format("mix[{}].requests: {}", i, requests.error()));
        mix->add(plan.mix[i], std::move(*requests));
    }
    return mix;
}

Chooser::Chooser(Mix& mix, std::uint64_t seed, unsigned thread) : mix_(mix), up_to_(mix.weights().size()) {
    std::seed_seq sequence{seed & 0xffffffff, seed >> 32, std::uint64_t{thread}};
    random_.seed(sequence);
    std::partial_sum(mix.weights().begin(), mix.weights().end(), up_to_.begin());
}

std::optional<Choice> Chooser::next() {
    std::size_t chosen = 0;
    if (up_to_.size() > 1) {
        const double point = std::uniform_real_distribution<double>(0, up_to_.back())(random_);
        chosen = static_cast<std::size_t>(std::ranges::upper_bound(up_to_, point) - up_to_.begin());
        chosen = std::min(chosen, up_to_.size() - 1);  // rounding may reach the end
    }
    Mix::Entry& entry = mix_.entries()[chosen];
    const std::size_t size = entry.requests.size();
    std::size_t line = 0;
    if (entry.order == MixEntry::Order::random) {
        line = std::uniform_int_distribution<std::size_t>(0, size - 1)(random_);
    } else {
        line = entry.taken.fetch_add(1, std::memory_order_relaxed);
        if (entry.order == MixEntry::Order::once && line >= size) return std::nullopt;
        line %= size;
    }
    return Choice{.entry = chosen, .line = entry.requests[line]};
}

}  // namespace safargo::load
