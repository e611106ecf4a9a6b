// The closed list of what can go wrong on purpose, and the value that carries it.
// One table (error_table.cpp) gives each code its wire name, HTTP status and title in three languages.
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
    validation_failed,
    malformed_request,
    unauthenticated,
    forbidden,
    not_found,
    method_not_allowed,
    method_unknown,
    expectation_failed,
    request_timeout,
    illegal_transition,
    trip_full,
    trip_departed,
    trip_not_open,
    own_trip,
    already_booked,
    overlapping_booking,
    overlapping_trip,
    daily_limit,
    plate_in_use,
    already_exists,
    too_early,
    pickup_passed,
    trip_not_started,
    trip_ended,
    not_boarded,
    seats_sold,
    dispute_open,
    dispute_closed,
    already_disputed,
    price_above_cap,
    boarding_code_invalid,
    boarding_locked,
    payment_declined,
    otp_invalid,
    otp_expired,
    kyc_required,
    driver_required,
    account_suspended,
    idempotency_key_reused,
    request_in_progress,
    precondition_required,
    precondition_failed,
    payload_too_large,
    uri_too_long,
    unsupported_media_type,
    headers_too_large,
    rate_limited,
    internal_error,
    feature_unavailable,
    dependency_unavailable,
    timeout,
};

struct CodeInfo {
    Code code;
    std::string_view name;
    int status;
    std::string_view title_fr, title_ar, title_en;
    // What can be done about it; shown as `detail` where nothing more particular is known.
    std::string_view advice_fr, advice_ar, advice_en;
};

// Every code once, in the order of the enum.
std::span<const CodeInfo> code_table();
const CodeInfo& info(Code code);
std::string_view title(Code code, Language language);
std::string_view advice(Code code, Language language);

// Why one field was refused. Each rule has a message in three languages (field_rules.cpp);
// {0} and {1} in the message are `first` and `second` of the Violation.
enum class Rule {
    required,
    unknown_field,
    duplicate_field,
    wrong_type,
    not_an_integer,
    out_of_range,
    too_short,
    too_long,
    bad_encoding,
    bad_format,
    not_allowed,
    too_few,
    too_many,
    in_the_past,
    too_far_ahead,
    out_of_order,
    duplicate_value,
    above_cap,
    too_deep,
    unknown_reference,
    not_a_confirmed_woman,
    prints_nothing,
    contact_details,
    unknown_phone,
    earliest,
    latest,
    outside_service_area,
    swapped_coordinates,
    commune_elsewhere,
    town_elsewhere,
    comes_back,
    empty_range,
    licence_expires,
    before_outbound,
    opens_at,
    per_day,
    publications_per_day,
    same_place,
    longest_trip,
    used_by_trips,
    unknown_wilaya,
    unknown_plate_year,
    at_least_sold,
    earnings_owed,
    answer_unreadable,
    more_errors,
};

struct RuleInfo {
    Rule rule;
    std::string_view name;
    std::string_view message_fr, message_ar, message_en;
};

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
    // A refusal whose effects must stay (a counted PIN attempt): the transaction commits although the answer fails.
    bool keeps_effects = false;
    // Why exactly, where one code has several causes or a time or a number helps; printed as `detail`.
    std::optional<Violation> reason{};
    bool operator==(const Error&) const = default;
};

}  // namespace safargo
