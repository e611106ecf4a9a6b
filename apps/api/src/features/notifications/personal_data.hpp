#pragma once

#include "platform/personal_data.hpp"

namespace safargo::notifications {

platform::PersonalData personal_data();

}  // namespace safargo::notifications
