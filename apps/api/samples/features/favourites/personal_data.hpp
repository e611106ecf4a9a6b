#pragma once

#include "platform/personal_data.hpp"

namespace safargo::favourites {

platform::PersonalData personal_data();

}  // namespace safargo::favourites
