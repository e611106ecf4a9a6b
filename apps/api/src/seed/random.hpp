// Random numbers that are the same on every platform: the standard engines are, the standard distributions are not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace safargo::seed {

class Random {
public:
    // The same parts give the same sequence.
    explicit Random(std::initializer_list<std::uint64_t> parts);

    std::uint64_t next();
    std::int64_t below(std::int64_t bound);                     // 0..bound-1, bound > 0
    std::int64_t between(std::int64_t low, std::int64_t high);  // both inclusive
    double unit();                                              // [0, 1)
    bool chance(double probability) { return unit() < probability; }

    template <class T>
    const T& pick(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(below(static_cast<std::int64_t>(items.size())))];
    }

private:
    std::uint64_t state_ = 0;
};

// Chooses indices by weight; each weight is >= 0.
class WeightedChoice {
public:
    WeightedChoice() = default;
    explicit WeightedChoice(const std::vector<double>& weights);
    std::size_t pick(Random& random) const;  // must not be empty
    bool empty() const { return sums_.empty() || sums_.back() <= 0; }

private:
    std::vector<double> sums_;
};

}  // namespace safargo::seed
