// Which trips of a shard stop in which cell: cells in ascending order, each with the places of its trips.
#pragma once

#include "matching/grid.hpp"

#include <cstddef>

namespace safargo::matching {

using Slot = std::uint16_t;  // a trip's place in its shard
inline constexpr std::size_t max_shard_trips = 32'768;

class Postings {
public:
    // Entries are posting(cell, place) in any order; duplicates count once.
    static std::uint64_t posting(Cell cell, Slot place) { return std::uint64_t{cell} << 16 | place; }
    Postings() = default;
    explicit Postings(std::vector<std::uint64_t> entries);

    // The entries of a range within one row. A trip that stops in several of its cells appears several times.
    std::span<const Slot> in(CellRange range) const;
    std::size_t bytes() const;

private:
    void open_row(Cell cell);

    std::uint32_t first_row_ = 0;
    std::vector<std::uint32_t> rows_;  // for each row from the first: its start in cells_; then the end
    std::vector<Cell> cells_;
    std::vector<std::uint32_t> begins_;  // for each cell: its start in places_; then the end
    std::vector<Slot> places_;
};

}  // namespace safargo::matching
