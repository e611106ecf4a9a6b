// What became of each message: written before it is handed over, moved on by the vendor's answer and reports.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "platform/pruning.hpp"
#include "ports/messenger.hpp"

#include <string>
#include <vector>

namespace safargo::notifications {

// A message that is about to be handed over. Its recipient is known by pseudonyms: the newest first, older ones while
// the secret rotates.
struct Departure {
    std::string key;
    Channel channel = Channel::sms;
    std::vector<std::string> pseudonyms;
    std::string template_name;
};

class DeliveryLog {
public:
    DeliveryLog(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

    struct Standing {
        bool known = false;   // the vendor has it already, or never will
        bool begun = false;   // an earlier attempt was made, with any outcome
        bool closed = false;  // the vendor refuses its recipient for good
    };
    Task<Standing> depart(Departure departure);

    // The vendor's answer or report. A message never moves back: what comes late or twice changes nothing, nor does
    // what carries another id than the vendor gave it. Returns whether it moved.
    Task<bool> record(std::string key, Channel channel, Receipt receipt);

    // It is not sent: `why` is "closed" for its recipient's address, or "switched_off" by its reader.
    Task<void> withhold(std::string key, std::string why);

private:
    db::Database& database_;
    const Clock& clock_;
};

// The states that a message may be in before it comes to this outcome.
std::vector<std::string> states_before(Receipt::Outcome outcome);

std::vector<platform::PruningRule> delivery_pruning_rules();

}  // namespace safargo::notifications
