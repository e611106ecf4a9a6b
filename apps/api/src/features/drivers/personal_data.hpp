#pragma once

#include "platform/personal_data.hpp"

namespace safargo::drivers {

platform::PersonalData personal_data();

}  // namespace safargo::drivers
