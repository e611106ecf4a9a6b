// The closed list of expected errors, and the value that carries one. Core and each feature declare their own codes and
// rules (declared.def beside their code); the build collects them, core's first, then by feature. Their texts are in
// the catalogues (core/texts.hpp).
#pragma once

#include "core/language.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo {

enum class Code {
#define SAFARGO_CODE(name, status) name,
#include "core/codes.def"
#undef SAFARGO_CODE
};

struct CodeInfo {
    Code code;
    std::string_view name;
    int status;
};

// Every code once, in the order of the enum.
std::span<const CodeInfo> code_table();
const CodeInfo& info(Code code);
std::string_view title(Code code, Language language);
// What the reader can do about it; shown as `detail` when no specific reason is known.
std::string_view advice(Code code, Language language);

// Why one field was refused.
enum class Rule {
#define SAFARGO_RULE(name, ...) name,
#include "core/rules.def"
#undef SAFARGO_RULE
};

struct RuleInfo {
    Rule rule;
    std::string_view name;
    std::string_view text_key;       // of its message: "rules.too_short"
    std::string_view first, second;  // parameter names of a Violation's values in the message; empty if it has fewer
};

// Every rule once, in the order of the enum.
std::span<const RuleInfo> rule_table();

struct Violation {
    Rule rule;
    std::string first{}, second{};
    bool operator==(const Violation&) const = default;
};

std::string_view name(Rule rule);
std::string message(const Violation& violation, Language language);

struct FieldError {
    std::string field;  // dotted path, as the client wrote it: "stops[1].price"; "" is the whole body
    Violation violation;
    bool operator==(const FieldError&) const = default;
};

struct Error {
    Code code;
    std::vector<FieldError> fields{};
    std::optional<std::chrono::seconds> retry_after{};
    // Keep the side effects of a refusal (a counted PIN attempt): the transaction commits although the request fails.
    bool keeps_effects = false;
    // The specific reason, when one code has several causes or a time or number helps; shown as `detail`.
    std::optional<Violation> reason{};
    bool operator==(const Error&) const = default;
};

}  // namespace safargo
