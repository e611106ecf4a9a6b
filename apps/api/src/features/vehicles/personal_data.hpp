#pragma once

#include "platform/personal_data.hpp"

namespace safargo::vehicles {

platform::PersonalData personal_data();

}  // namespace safargo::vehicles
