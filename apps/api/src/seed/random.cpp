#include "seed/random.hpp"

#include <algorithm>

namespace safargo::seed {
namespace {

constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;

// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every input bit affects every output bit.
std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

}  // namespace

Random::Random(std::initializer_list<std::uint64_t> parts) {
    for (const std::uint64_t part : parts) state_ = mix(state_ + golden_ratio + mix(part));
}

std::uint64_t Random::next() {
    state_ += golden_ratio;
    return mix(state_);
}

double Random::unit() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::int64_t Random::below(std::int64_t bound) {
    return static_cast<std::int64_t>(unit() * static_cast<double>(bound));
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
    return low + below(high - low + 1);
}

WeightedChoice::WeightedChoice(const std::vector<double>& weights) {
    double sum = 0;
    for (const double weight : weights) sums_.push_back(sum += weight);
}

std::size_t WeightedChoice::pick(Random& random) const {
    const double point = random.unit() * sums_.back();
    const auto found = std::ranges::upper_bound(sums_, point);
    return static_cast<std::size_t>(std::min<std::ptrdiff_t>(found - sums_.begin(), std::ssize(sums_) - 1));
}

}  // namespace safargo::seed
