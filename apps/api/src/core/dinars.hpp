// Money: whole Algerian dinars (currency DZD).
#pragma once

#include <compare>
#include <cstdint>

namespace safargo {

struct Dinars {
    std::int64_t amount = 0;

    constexpr auto operator<=>(const Dinars&) const = default;
    constexpr Dinars operator-() const { return {-amount}; }
    constexpr Dinars& operator+=(Dinars other) {
        amount += other.amount;
        return *this;
    }
    constexpr Dinars& operator-=(Dinars other) {
        amount -= other.amount;
        return *this;
    }
    friend constexpr Dinars operator+(Dinars a, Dinars b) { return {a.amount + b.amount}; }
    friend constexpr Dinars operator-(Dinars a, Dinars b) { return {a.amount - b.amount}; }
    friend constexpr Dinars operator*(Dinars a, std::int64_t n) { return {a.amount * n}; }
};

// Share of a non-negative amount in basis points (500 = 5 %), rounded half up to the dinar.
constexpr Dinars share_half_up(Dinars whole, std::int64_t basis_points) {
    return {(whole.amount * basis_points + 5'000) / 10'000};
}

// The same, rounded down: the other side takes the remainder, so the parts sum to the whole.
constexpr Dinars share_down(Dinars whole, std::int64_t basis_points) {
    return {whole.amount * basis_points / 10'000};
}

}  // namespace safargo
