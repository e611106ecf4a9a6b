#include "features/bookings/messages.hpp"

#include <fmt/format.h>

namespace safargo::bookings {
namespace {

std::string clock_time(Instant at) {
    const auto local = at + algiers_offset;
    const std::chrono::hh_mm_ss time{
        std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local))};
    return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

std::string_view at_word(Language language) {
    switch (language) {
        case Language::ar:
            return "على";
        case Language::en:
            return "at";
        case Language::fr:
            break;
    }
    return "à";
}

}  // namespace

std::vector<Message> messages_of(BookingNews what) {
    using enum Audience;
    switch (what) {
        case BookingNews::requested:
            return {{"booking_requested", driver, Moment::deadline}};
        case BookingNews::awaiting_payment:
            return {{"booking_accepted", passenger, Moment::deadline, Only::while_unpaid_accepted}};
        case BookingNews::payment_declined:
            return {{"booking_payment_declined", passenger, Moment::deadline, Only::while_unpaid}};
        case BookingNews::confirmed:
            return {{"booking_confirmed", passenger, Moment::pickup},
                    {"booking_taken", driver, Moment::pickup, Only::unless_driver_did_it}};
        case BookingNews::declined:
            return {{"booking_declined", passenger}};
        case BookingNews::expired:
            return {{"booking_expired", passenger}, {"booking_expired", driver, Moment::none, Only::after_acceptance}};
        case BookingNews::cancelled_by_passenger:
            return {{"booking_cancelled", driver}};
        case BookingNews::cancelled_by_driver:
        case BookingNews::ride_cut_short:
            return {{"booking_cancelled", passenger}};
        case BookingNews::cancelled_by_admin:
            return {{"booking_cancelled", passenger},
                    {"booking_cancelled", driver, Moment::none, Only::while_trip_stands}};
        case BookingNews::no_show_passenger:
            return {{"booking_passenger_missing", passenger, Moment::contest}};
        case BookingNews::no_show_driver:
            return {{"booking_driver_missing", driver, Moment::contest}};
        case BookingNews::money_returned:
            return {{"booking_money_returned", passenger}};
        case BookingNews::rescheduled:
            return {{"booking_rescheduled", passenger, Moment::pickup}};
        case BookingNews::counted_as_travelled:
            return {{"booking_counted_as_travelled", passenger}};
        case BookingNews::details_changed:
            return {{"booking_details_changed", passenger}};
        default:
            return {};
    }
}

std::string day_and_time(Instant at, Language language) {
    const std::chrono::year_month_day day{LocalDate::of(at).days};
    return fmt::format("{:02}/{:02} {} {}", static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                       at_word(language), clock_time(at));
}

std::string deadline_time(Instant at, Instant said_at, Language language) {
    if (LocalDate::of(at) == LocalDate::of(said_at)) return clock_time(at);
    return (language == Language::fr ? "le " : "") + day_and_time(at, language);
}

}  // namespace safargo::bookings
