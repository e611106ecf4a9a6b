#pragma once

#include "platform/personal_data.hpp"

namespace safargo::ledger {

platform::PersonalData personal_data();

}  // namespace safargo::ledger
