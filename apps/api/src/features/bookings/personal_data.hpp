#pragma once

#include "platform/personal_data.hpp"

namespace safargo::bookings {

platform::PersonalData personal_data();

}  // namespace safargo::bookings
