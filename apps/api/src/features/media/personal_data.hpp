#pragma once

#include "platform/personal_data.hpp"

namespace safargo::media {

platform::PersonalData personal_data();

}  // namespace safargo::media
