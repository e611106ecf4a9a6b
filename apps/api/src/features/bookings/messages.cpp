#include "features/bookings/messages.hpp"

#include "core/texts.hpp"

#include <fmt/format.h>

namespace safargo::bookings {
namespace {

std::string clock_time(Instant at) {
    const auto local = at + algiers_offset;
    const std::chrono::hh_mm_ss time{
        std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local))};
    return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

// `key` is a text with a day and a time.
std::string day_and_time(std::string_view key, Instant at, Language language) {
    const std::chrono::year_month_day day{LocalDate::of(at).days};
    const std::string date =
        fmt::format("{:02}/{:02}", static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()));
    return format_text(key, language, {{"day", date}, {"time", clock_time(at)}});
}

// A message about a booking that ended: the ride and its time, the money, and the other person's name.
Message ended(std::string_view template_name, Audience to, Money money, bool names_other = false,
              SendIf send_if = SendIf::always) {
    return {template_name, to, MessageDetail::pickup, send_if, money, names_other};
}

// Groups of three digits: "1 575".
std::string grouped(std::int64_t number, std::string_view gap) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), gap);
    }
    return text;
}

// Between two right-to-left words a gap would split the groups and reverse their order, so Arabic has none.
std::string_view gap_of(Language language) {
    switch (language) {
        case Language::ar:
            return "";
        case Language::en:
            return ",";
        case Language::fr:
            break;
    }
    return " ";
}

}  // namespace

std::string amount(Dinars dinars, Language language) {
    return format_text("money.amount", language, {{"dinars", grouped(dinars.amount, gap_of(language))}});
}

std::string money_back(Dinars refunded, Language language) {
    if (refunded == Dinars{0}) return std::string(plain_text("money.nothing_paid", language));
    return format_text("money.refunded", language, {{"amount", amount(refunded, language)}});
}

std::string driver_share(Dinars share, Language language) {
    if (share == Dinars{0}) return std::string(plain_text("money.no_compensation", language));
    return format_text("money.driver_share", language, {{"amount", amount(share, language)}});
}

std::vector<Message> messages_of(BookingNews what) {
    using enum Audience;
    switch (what) {
        case BookingNews::requested:
            return {{"booking_requested", driver, MessageDetail::deadline}};
        case BookingNews::awaiting_payment:
            return {{"booking_accepted", passenger, MessageDetail::deadline, SendIf::while_unpaid_accepted}};
        case BookingNews::payment_declined:
            return {{"booking_payment_declined", passenger, MessageDetail::deadline, SendIf::while_unpaid}};
        case BookingNews::confirmed:
            return {{"booking_confirmed", passenger, MessageDetail::pickup},
                    {"booking_taken", driver, MessageDetail::pickup, SendIf::unless_driver_did_it}};
        case BookingNews::declined:
            return {ended("booking_not_accepted", passenger, Money::back, true)};
        case BookingNews::expired:
            return {ended("booking_lapsed", passenger, Money::back),
                    ended("booking_lapsed_unpaid", driver, Money::none, true, SendIf::after_acceptance)};
        case BookingNews::cancelled_by_passenger:
            return {ended("booking_cancelled_by_passenger", driver, Money::to_driver, true)};
        case BookingNews::cancelled_by_driver:
            return {ended("booking_cancelled_by_driver", passenger, Money::back, true)};
        case BookingNews::ride_cut_short:
            return {ended("booking_ride_cut_short", passenger, Money::back, false, SendIf::once_started),
                    ended("booking_ride_called_off", passenger, Money::back, false, SendIf::unless_started)};
        case BookingNews::cancelled_by_admin:
            return {ended("booking_cancelled_by_safargo", passenger, Money::back),
                    ended("booking_cancelled_by_safargo", driver, Money::to_driver, false, SendIf::while_trip_stands)};
        case BookingNews::seats_given_back: {
            Message fewer = ended("booking_seats_given_back", driver, Money::to_driver, true);
            fewer.counts_seats = true;
            return {fewer};
        }
        case BookingNews::no_show_passenger:
            return {{"booking_passenger_missing", passenger, MessageDetail::contest}};
        case BookingNews::no_show_driver:
            return {{"booking_driver_missing", driver, MessageDetail::contest}};
        case BookingNews::money_returned:
            return {ended("booking_paid_too_late", passenger, Money::late)};
        case BookingNews::rescheduled:
            return {{"booking_rescheduled", passenger, MessageDetail::pickup}};
        case BookingNews::counted_as_travelled:
            return {{"booking_counted_as_travelled", passenger}};
        case BookingNews::details_changed:
            return {{"booking_details_changed", passenger}};
        default:
            return {};
    }
}

std::string day_and_time(Instant at, Language language) {
    return day_and_time("times.day_and_time", at, language);
}

std::string deadline_time(Instant at, Instant said_at, Language language) {
    if (LocalDate::of(at) == LocalDate::of(said_at)) return clock_time(at);
    return day_and_time("times.deadline_day", at, language);
}

}  // namespace safargo::bookings
