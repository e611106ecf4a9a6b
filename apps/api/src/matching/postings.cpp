#include "matching/postings.hpp"

#include <algorithm>

namespace safargo::matching {

Postings::Postings(std::vector<std::uint64_t> entries) {
    std::ranges::sort(entries);
    const auto repeated = std::ranges::unique(entries);
    entries.erase(repeated.begin(), repeated.end());

    std::size_t cells = 0;
    for (std::size_t k = 0; k < entries.size(); ++k) cells += k == 0 || entries[k] >> 16 != entries[k - 1] >> 16;
    cells_.reserve(cells);
    begins_.reserve(cells + 1);
    places_.reserve(entries.size());
    for (const std::uint64_t entry : entries) {
        const auto cell = static_cast<Cell>(entry >> 16);
        if (cells_.empty() || cells_.back() != cell) {
            open_row(cell);
            cells_.push_back(cell);
            begins_.push_back(static_cast<std::uint32_t>(places_.size()));
        }
        places_.push_back(static_cast<Slot>(entry));
    }
    begins_.push_back(static_cast<std::uint32_t>(places_.size()));
    rows_.push_back(static_cast<std::uint32_t>(cells_.size()));
    rows_.shrink_to_fit();
}

// Called before the cell is added: rows without cells begin where the next cell does.
void Postings::open_row(Cell cell) {
    const std::uint32_t row = row_of(cell);
    if (cells_.empty()) first_row_ = row;
    rows_.resize(row - first_row_ + 1, static_cast<std::uint32_t>(cells_.size()));
}

std::span<const Slot> Postings::in(CellRange range) const {
    const std::uint32_t row = row_of(range.first) - first_row_;  // huge if before the first row
    if (row >= rows_.size() || row + 1 == rows_.size()) return {};
    const auto row_end = cells_.begin() + rows_[row + 1];
    const auto first = std::lower_bound(cells_.begin() + rows_[row], row_end, range.first);
    auto last = first;
    while (last != row_end && *last <= range.last) ++last;
    const auto begin = begins_[static_cast<std::size_t>(first - cells_.begin())];
    const auto end = begins_[static_cast<std::size_t>(last - cells_.begin())];
    return std::span(places_).subspan(begin, end - begin);
}

std::size_t Postings::bytes() const {
    return sizeof(*this) + rows_.capacity() * sizeof(std::uint32_t) + cells_.capacity() * sizeof(Cell) +
           begins_.capacity() * sizeof(std::uint32_t) + places_.capacity() * sizeof(Slot);
}

}  // namespace safargo::matching
