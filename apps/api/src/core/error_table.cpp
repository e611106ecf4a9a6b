#include "core/error.hpp"
#include "core/text_rows.hpp"

#include <array>
#include <cstddef>

namespace safargo {
namespace {

constexpr std::array codes{
#define SAFARGO_CODE(name, status) CodeInfo{Code::name, #name, status},
#include "core/codes.def"
#undef SAFARGO_CODE
};

// Resolved at compile time: a refusal looks nothing up.
struct Words {
    std::array<std::string_view, 3> title, advice;
};
constexpr std::array words{
#define SAFARGO_CODE(name, status) \
    Words{text_row("errors." #name ".title").words, text_row("errors." #name ".advice").words},
#include "core/codes.def"
#undef SAFARGO_CODE
};

const Words& words_of(Code code) {
    return words[static_cast<std::size_t>(code)];
}

}  // namespace

std::span<const CodeInfo> code_table() {
    return codes;
}

const CodeInfo& info(Code code) {
    return codes[static_cast<std::size_t>(code)];
}

std::string_view title(Code code, Language language) {
    return words_of(code).title[static_cast<std::size_t>(language)];
}

std::string_view advice(Code code, Language language) {
    return words_of(code).advice[static_cast<std::size_t>(language)];
}

}  // namespace safargo
