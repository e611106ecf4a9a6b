// Integers that cannot leave their range.
#pragma once

#include "core/result.hpp"

#include <compare>
#include <cstdint>
#include <string>

namespace safargo {

template <std::int64_t Min, std::int64_t Max>
class Bounded {
public:
    static constexpr std::int64_t min = Min;
    static constexpr std::int64_t max = Max;

    constexpr Bounded() : value_(Min) {}
    static Checked<Bounded> from(std::int64_t value) {
        if (value < Min || value > Max) return refuse(Rule::out_of_range, std::to_string(Min), std::to_string(Max));
        return Bounded(value);
    }
    // For constants: an out-of-range value does not compile.
    template <std::int64_t Value>
        requires(Value >= Min && Value <= Max)
    static constexpr Bounded of() {
        return Bounded(Value);
    }

    constexpr std::int64_t value() const { return value_; }
    constexpr operator std::int64_t() const { return value_; }
    auto operator<=>(const Bounded&) const = default;

private:
    constexpr explicit Bounded(std::int64_t value) : value_(value) {}
    std::int64_t value_;
};

using SeatCount = Bounded<1, 8>;
using StopIndex = Bounded<0, 9>;

}  // namespace safargo
