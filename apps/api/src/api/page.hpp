// The page of a list requested with `limit` and `cursor`. A list reads one row more than it shows: the extra row tells
// whether there is another page, and is removed.
#pragma once

#include "api/cursor.hpp"

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace safargo::api {

class PageRequest {
public:
    static constexpr std::int64_t default_limit = 20;

    // `question` identifies everything the page depends on except the position; `wanted` has an optional limit and
    // cursor. malformed_request naming `cursor` if it is not ours, was altered, or belongs to another question.
    template <class Wanted>
    static Result<PageRequest> of(const CursorSigner& cursors, std::string question, const Wanted& wanted) {
        PageRequest page(cursors, std::move(question), wanted.limit ? wanted.limit->value() : default_limit);
        if (!wanted.cursor) return page;
        auto position = cursors.open(page.question_, wanted.cursor->str());
        if (!position) return std::unexpected(std::move(position.error()));
        page.position_ = std::move(*position);
        return page;
    }

    // The last row of the previous page, as the list itself encoded it. None for the first page.
    const std::optional<std::string>& position() const { return position_; }

    std::int64_t rows() const { return limit_ + 1; }  // to read

    // The cursor of the page that starts after this position.
    std::string after(std::string_view position) const { return cursors_->sign(question_, position); }

    // Removes the extra row and returns the cursor of the next page; none if this is the last one. `position_of`
    // encodes a row's position.
    template <class Row, class PositionOf>
    std::optional<std::string> cut(std::vector<Row>& read, PositionOf position_of) const {
        if (std::ssize(read) <= limit_) return std::nullopt;
        read.erase(read.begin() + limit_, read.end());
        return after(position_of(std::as_const(read.back())));
    }

private:
    PageRequest(const CursorSigner& cursors, std::string question, std::int64_t limit)
        : cursors_(&cursors), question_(std::move(question)), limit_(limit) {}

    const CursorSigner* cursors_;
    std::string question_;
    std::int64_t limit_;
    std::optional<std::string> position_{};
};

}  // namespace safargo::api
