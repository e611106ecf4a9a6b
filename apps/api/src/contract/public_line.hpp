// Publicly visible names and labels (PRODUCT section 2): not blank, and without contact details.
#pragma once

#include "contract/codec.hpp"
#include "core/contact_details.hpp"

namespace safargo {

template <std::size_t Max, std::size_t Min = 1>
class PublicLine {
public:
    static constexpr std::size_t min = Min;
    static constexpr std::size_t max = Max;

    static Checked<PublicLine> parse(std::string_view raw) {
        auto line = Line<Max, Min>::parse(raw);
        if (!line) return std::unexpected(std::move(line.error()));
        if (holds_contact_details(line->str())) return refuse(Rule::contact_details);
        PublicLine shown;
        shown.line_ = std::move(*line);
        return shown;
    }
    const std::string& str() const { return line_.str(); }
    auto operator<=>(const PublicLine&) const = default;

private:
    Line<Max, Min> line_;
};

namespace contract {

template <std::size_t Max, std::size_t Min>
struct SpelledSchema<PublicLine<Max, Min>> {
    static std::string text() {
        std::string schema = SpelledSchema<Line<Max, Min>>::text();
        schema.pop_back();
        return schema +
               R"(,"description":"Shown to everybody: phone numbers, addresses, links and handles are refused"})";
    }
};

}  // namespace contract
}  // namespace safargo
