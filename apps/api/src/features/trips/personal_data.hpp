#pragma once

#include "platform/personal_data.hpp"

namespace safargo::trips {

platform::PersonalData personal_data();

}  // namespace safargo::trips
