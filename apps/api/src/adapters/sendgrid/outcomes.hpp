// What SendGrid's refusals and events mean for a mail.
#pragma once

#include "ports/messenger.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace safargo::sendgrid {

// The field of our request that a 400 names ("personalizations.0.to.0.email"); "" if it names none or is unreadable.
std::string refused_field(std::string_view body);

// nullopt if our sender is refused and not the mail: sent again later, it may go.
std::optional<Receipt> refusal_of(int status, std::string_view body);

struct Event {
    std::string_view name;            // "bounce"
    std::string_view type;            // of a bounce: "bounce", "blocked"
    std::string_view status;          // SMTP's, of a bounce: "5.1.1"
    std::string_view reason;          // why it was dropped: SendGrid's words
    std::string_view classification;  // of a bounce: "Invalid Address"
};

// nullopt for an event that says nothing about delivery: opened, clicked.
std::optional<Receipt> receipt_of(const Event& event);

}  // namespace safargo::sendgrid
