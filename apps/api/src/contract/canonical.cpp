#include "contract/canonical.hpp"

#include "contract/writer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace safargo::contract {
namespace {

// The value, if a double represents it exactly: 1, 1.0 and 10e-1 are equal.
std::optional<double> exact(const Number& number) {
    constexpr double most = 9'007'199'254'740'992;  // 2^53
    double value = 0;
    const char* end = number.lexeme.data() + number.lexeme.size();
    const auto [stop, error] = std::from_chars(number.lexeme.data(), end, value);
    if (error != std::errc{} || stop != end || (number.integral && std::abs(value) >= most)) return std::nullopt;
    return value == 0 ? 0 : value;  // drops the sign of -0
}

struct Spell {
    Writer& out;

    void operator()(std::nullptr_t) const { out.null(); }
    void operator()(bool value) const { out.boolean(value); }
    void operator()(const std::string& text) const { out.string(text); }
    void operator()(const Number& number) const {
        if (const auto value = exact(number)) {
            out.number(*value);
        } else {
            out.raw(number.lexeme);
        }
    }
    void operator()(const Array& items) const {
        out.begin_array();
        for (const Node& item : items) std::visit(*this, item.value);
        out.end_array();
    }
    // Names come from the client, so they are written as escaped strings: {"a",1,"b",2}
    void operator()(const Object& members) const {
        std::vector<const Member*> sorted;
        sorted.reserve(members.size());
        for (const Member& member : members) sorted.push_back(&member);
        std::ranges::sort(sorted, {}, [](const Member* member) -> const std::string& { return member->name; });
        out.begin_object();
        for (const Member* member : sorted) {
            out.string(member->name);
            std::visit(*this, member->node.value);
        }
        out.end_object();
    }
};

}  // namespace

std::string canonical_text(const Node& node) {
    std::string text;
    Writer out(text);
    std::visit(Spell{out}, node.value);
    return text;
}

}  // namespace safargo::contract
